package io.interactionprocessor.session;

import io.interactionprocessor.protocol.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the operator has been told. */
final class Heard implements Ports.Audit {
    final List<Happening> happenings = new ArrayList<>();
    final List<Ports.Discrepancies> comparisons = new ArrayList<>();
    final List<String> refusedLogins = new ArrayList<>();
    final List<Throwable> faults = new ArrayList<>();

    @Override
    public void happened(Happening what) {
        happenings.add(what);
    }

    @Override
    public void compared(int sessions, Ports.Discrepancies found) {
        comparisons.add(found);
    }

    @Override
    public String internalError(String errorId, Throwable fault) {
        faults.add(fault);
        return errorId;
    }

    @Override
    public void loginRefused(
            String errorId, FailureCode code, String processor, Optional<String> agent, String remote) {
        refusedLogins.add(agent.orElse("nobody") + ' ' + code);
    }
}
