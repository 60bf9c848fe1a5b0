package io.interactionprocessor;

import io.interactionprocessor.cti.LinkLease;
import io.interactionprocessor.session.Ports;
import java.util.function.UnaryOperator;

/**
 * Where tests put something in front of the parts that keep sessions safe, to see that the lack of each is noticed. Nothing
 * outside this package can, and no setting does: a node that serves has {@link #NONE}.
 */
record Seams(
        UnaryOperator<Ports.Directory> directory,
        UnaryOperator<Ports.SessionStore> store,
        UnaryOperator<Ports.CallControl> calls,
        UnaryOperator<LinkLease> lease) {
    static final Seams NONE = new Seams(
            UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
}
