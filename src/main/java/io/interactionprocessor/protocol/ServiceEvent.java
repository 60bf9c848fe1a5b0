package io.interactionprocessor.protocol;

import java.util.List;

/** The events of the {@code ServiceMonitor} (protocol 4). */
public sealed interface ServiceEvent {
    /** First after binding, once: all services. */
    record ServiceList(List<ServiceObject> services) implements ServiceEvent {
        public ServiceList {
            services = List.copyOf(services);
        }
    }

    /** A service came to be on this node. */
    record ServiceRegistered(ServiceObject service) implements ServiceEvent {}

    /** A service is gone from this node. */
    record ServiceUnregistered(ServiceObject service) implements ServiceEvent {}

    /** A service's status is another one. */
    record ServiceStatusChanged(ServiceObject service) implements ServiceEvent {}
}
