package io.interactionprocessor.bench;

import io.interactionprocessor.nodes.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process under measurement.
 *
 * @param url where clients connect
 * @param process null if it was not started here; then nothing can be said of what it takes
 * @param gcLog its log of collections, null likewise
 * @param log what it said
 */
record Server(String url, NodeProcess process, Path gcLog, Path log) {
    private static final int LONGEST_START_MS = 90_000;

    double cpuSeconds() {
        return process == null ? Double.NaN : ProcessUse.cpuSeconds(process.pid());
    }

    double compilerSeconds() {
        return process == null ? Double.NaN : ProcessUse.compilerSeconds(process.pid());
    }

    double allocatedBytes() {
        return gcLog == null ? Double.NaN : GcLog.allocatedBytes(gcLog);
    }

    double residentBytes() {
        return process == null ? Double.NaN : ProcessUse.residentBytes(process.pid());
    }

    double heapAfterCollection() throws InterruptedException {
        return process == null ? Double.NaN : ProcessUse.heapAfterCollection(process.pid());
    }

    /** Returns whether the last that it said of the link to the switch is that it holds it. */
    boolean holdsLink() {
        try {
            return log != null && heldLast(Files.readString(log));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean heldLast(String log) {
        int lost = Math.max(log.lastIndexOf("link sim is down"), log.lastIndexOf("link sim: the lease is lost"));
        return log.lastIndexOf("link sim is up") > lost;
    }

    String management() {
        return "http://127.0.0.1:" + process.ports().management();
    }

    /** Some processes that do one thing together. */
    record Group(List<Server> servers) implements AutoCloseable {
        Group {
            servers = List.copyOf(servers);
        }

        Server first() {
            return servers.get(0);
        }

        /** Returns the node that holds the link to the switch; the first one if that is not known. */
        Server holder() {
            return servers.stream().filter(Server::holdsLink).findFirst().orElse(first());
        }

        /** Returns the URLs of the nodes that do not hold the link. */
        List<String> others() {
            Server holder = holder();
            return servers.stream()
                    .filter(server -> !server.equals(holder))
                    .map(Server::url)
                    .toList();
        }

        /** Returns all URLs. */
        List<String> urls() {
            return servers.stream().map(Server::url).toList();
        }

        double residentBytes() {
            return servers.stream().mapToDouble(Server::residentBytes).sum();
        }

        double heapAfterCollection() throws InterruptedException {
            double bytes = 0;
            for (Server server : servers) {
                bytes += server.heapAfterCollection();
            }
            return bytes;
        }

        void awaitReady() throws InterruptedException {
            for (Server server : servers) {
                if (server.process() != null) {
                    server.process().awaitReady(LONGEST_START_MS);
                }
            }
        }

        double cpuSeconds() {
            return servers.stream().mapToDouble(Server::cpuSeconds).sum();
        }

        double compilerSeconds() {
            return servers.stream().mapToDouble(Server::compilerSeconds).sum();
        }

        double allocatedBytes() {
            return servers.stream().mapToDouble(Server::allocatedBytes).sum();
        }

        /** Starts the flight recorders: where the time goes and what is allocated. */
        void startRecording() throws InterruptedException {
            for (Server server : servers) {
                if (server.process() != null) {
                    ProcessUse.jcmd(server.process().pid(), "JFR.start", "name=bench", "settings=profile");
                }
            }
        }

        /** Writes beside each server's log what its heap is made of. */
        void writeHistogram(String what) throws InterruptedException {
            for (Server server : servers) {
                if (server.process() != null) {
                    String text = ProcessUse.jcmd(server.process().pid(), "GC.class_histogram");
                    String file = server.process().name() + '-' + fileName(what) + ".txt";
                    try {
                        Files.writeString(server.log().resolveSibling(file), text);
                    } catch (IOException e) {
                        throw new BenchFailed("cannot write " + file + ": " + e.getMessage());
                    }
                }
            }
        }

        private static String fileName(String what) {
            return what.replaceAll("[^A-Za-z0-9]+", "-");
        }

        /** Writes what was recorded beside each server's log. */
        void stopRecording(String what) throws InterruptedException {
            for (Server server : servers) {
                if (server.process() != null) {
                    String file = server.process().name() + '-' + fileName(what) + ".jfr";
                    ProcessUse.jcmd(
                            server.process().pid(),
                            "JFR.stop",
                            "name=bench",
                            "filename=" + server.log().resolveSibling(file));
                }
            }
        }

        /** Ends them at once: what they might still have to say nobody wants to hear. */
        @Override
        public void close() {
            servers.stream()
                    .filter(server -> server.process() != null)
                    .forEach(server -> server.process().kill());
            for (Server server : servers) {
                try {
                    if (server.process() != null) {
                        server.process().awaitEnd();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
