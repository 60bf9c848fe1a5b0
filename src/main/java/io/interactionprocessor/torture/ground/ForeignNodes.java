package io.interactionprocessor.torture.ground;

import java.util.List;

/** Somebody else's cluster, of which only URLs are known. */
public final class ForeignNodes implements Nodes {
    private final List<String> urls;
    private final List<String> managements;

    /**
     * Takes the URLs.
     *
     * @param managements the management ports' URLs, as many as {@code urls} or none
     */
    public ForeignNodes(List<String> urls, List<String> managements) {
        this.urls = List.copyOf(urls);
        this.managements = List.copyOf(managements);
    }

    @Override
    public int size() {
        return urls.size();
    }

    @Override
    public String url(int index) {
        return urls.get(index);
    }

    @Override
    public String management(int index) {
        return index < managements.size() ? managements.get(index) : null;
    }

    @Override
    public List<String> urls() {
        return urls;
    }

    /** As in conf/demo.yaml. */
    @Override
    public int firstAgent() {
        return 1001;
    }

    @Override
    public String ground() {
        return "a foreign cluster";
    }

    @Override
    public Faults faults() {
        return null;
    }

    @Override
    public void close() {
        // not ours
    }
}
