package io.interactionprocessor.torture.history;

import java.util.ArrayList;
import java.util.List;

/** All that one client of one agent did and saw, in order. Written by the client, read by the checks; safe for both. */
public final class ClientHistory {
    private final String agent;
    private final String client;
    private final List<Happening> happenings = new ArrayList<>();

    /**
     * Begins one.
     *
     * @param agent whose
     * @param client what tells this client from others of the agent
     */
    public ClientHistory(String agent, String client) {
        this.agent = agent;
        this.client = client;
    }

    /** Returns whose it is. */
    public String agent() {
        return agent;
    }

    /** Returns agent and client, for people. */
    public String name() {
        return agent + '/' + client;
    }

    /** Adds what happened last. */
    public synchronized void add(Happening happening) {
        happenings.add(happening);
    }

    /** Returns all of it so far. */
    public synchronized List<Happening> all() {
        return List.copyOf(happenings);
    }

    /** Returns those of one kind. */
    public <T extends Happening> List<T> all(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
