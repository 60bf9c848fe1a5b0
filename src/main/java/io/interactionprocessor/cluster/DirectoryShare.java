package io.interactionprocessor.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.MultiExecutionCallback;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.session.Tally;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Asks a member for the tallies of what it stores of the directory. */
final class DirectoryShare implements Callable<Survey>, HazelcastInstanceAware, GridObject {
    private String domain;
    private boolean anew;
    private HazelcastInstance member;

    DirectoryShare() {}

    DirectoryShare(String domain, boolean anew) {
        this.domain = domain;
        this.anew = anew;
    }

    /** Asks all members; fails if one of them cannot tell, because entries are moving or its release keeps no counts. */
    static GridCalls.Operation<Map<String, Tally>> ofAll(HazelcastInstance hazelcast, String domain, boolean anew) {
        return (context, promise) -> hazelcast
                .getExecutorService(GridConfig.DIRECTORY)
                .submitToAllMembers(new DirectoryShare(domain, anew), new MultiExecutionCallback() {
                    @Override
                    public void onResponse(Member from, Object share) {
                        // all are there at the end
                    }

                    @Override
                    public void onComplete(Map<Member, Object> shares) {
                        context.runOnContext(v -> {
                            Map<String, Tally> all = new HashMap<>();
                            for (Object share : shares.values()) {
                                if (share instanceof Survey survey) {
                                    survey.aggregate().forEach((node, tally) -> all.merge(node, tally, Tally::add));
                                } else {
                                    promise.tryFail(new IllegalStateException("a member cannot tell", failure(share)));
                                }
                            }
                            promise.tryComplete(all);
                        });
                    }
                });
    }

    private static Throwable failure(Object share) {
        return share instanceof Throwable failure ? failure : null;
    }

    /** Returns the tallies, or null if they cannot be told now. */
    @Override
    public Survey call() {
        DirectoryCounts counts = DirectoryCounts.of(member);
        return counts == null
                ? null
                : counts.tallies(domain, anew)
                        .map(tallies -> new Survey(domain, tallies))
                        .orElse(null);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        member = hazelcast;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.DIRECTORY_SHARE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(domain);
        out.writeBoolean(anew);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        domain = in.readString();
        anew = in.readBoolean();
    }
}
