package io.interactionprocessor.cti.asterisk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The network before a port: it can stop to carry without closing anything, as a cut cable does, or a firewall. */
final class Cable implements Closeable {
    private final ServerSocket server = new ServerSocket(0);
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Cable(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    /** Carries nothing more of the connections there are; new ones are as ever. */
    void forget() {
        forgotten.addAll(sockets);
    }

    /** Carries again; what was on the way is lost, and so are the connections. */
    void mend() throws IOException {
        cut = false;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        forgotten.clear();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                start(() -> carry(near, far));
                start(() -> carry(far, near));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private boolean carries(Socket from) {
        return !cut && !forgotten.contains(from);
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (carries(from)) {
                    out.write(bytes, 0, read);
                }
            }
            if (carries(from)) {
                to.close();
            }
        } catch (IOException closed) {
            // one side has gone; the other learns it unless the cable is cut
            if (carries(from)) {
                try {
                    to.close();
                } catch (IOException alreadyClosed) {
                    // then it knows
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        mend();
    }
}
