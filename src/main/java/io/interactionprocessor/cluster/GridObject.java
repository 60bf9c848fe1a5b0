package io.interactionprocessor.cluster;

import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Something that writes itself and is made again by {@link GridSerialization}. */
interface GridObject extends IdentifiedDataSerializable {
    /** Returns what it is. */
    GridSerialization.Type type();

    @Override
    default int getFactoryId() {
        return GridSerialization.FACTORY;
    }

    @Override
    default int getClassId() {
        return type().id();
    }
}
