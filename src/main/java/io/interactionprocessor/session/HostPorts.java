package io.interactionprocessor.session;

import java.util.Map;

/**
 * Everything a {@link SessionHost} works with.
 *
 * @param processors the processors of the instance-domain by service id
 */
public record HostPorts(
        String domain,
        SessionSettings settings,
        Map<String, SessionSettings.Processor> processors,
        Ports.Place place,
        Ports.Directory directory,
        Ports.SessionStore store,
        Ports.CallControl calls,
        Ports.Peers peers,
        Ports.Timers timers,
        Ports.Time time,
        Ports.Ids ids,
        Ports.Clients clients,
        Ports.Credentials credentials,
        Ports.Audit audit) {
    public HostPorts {
        processors = Map.copyOf(processors);
    }
}
