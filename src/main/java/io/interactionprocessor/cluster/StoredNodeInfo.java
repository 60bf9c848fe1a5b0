package io.interactionprocessor.cluster;

import static io.interactionprocessor.model.csta.DataCodec.readEnum;
import static io.interactionprocessor.model.csta.DataCodec.readString;
import static io.interactionprocessor.model.csta.DataCodec.writeEnum;
import static io.interactionprocessor.model.csta.DataCodec.writeString;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.cluster.NodeInfo.LinkInfo;
import io.interactionprocessor.cluster.NodeInfo.Phase;
import io.interactionprocessor.cluster.NodeInfo.ServiceInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A {@link NodeInfo} with the number that says which of two is the newer. */
final class StoredNodeInfo implements GridObject, Ranked {
    private NodeInfo info;
    private long version;

    StoredNodeInfo() {}

    StoredNodeInfo(NodeInfo info, long version) {
        this.info = info;
        this.version = version;
    }

    NodeInfo info() {
        return info;
    }

    @Override
    public long epoch() {
        return version;
    }

    @Override
    public long rank() {
        return 0;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.NODE_INFO;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(version);
        writeString(out, info.node());
        writeString(out, info.url());
        writeString(out, info.managementUrl());
        out.writeBoolean(info.acceptingClients());
        out.writeInt(info.services().size());
        for (Map.Entry<String, ServiceInfo> service : info.services().entrySet()) {
            writeString(out, service.getKey());
            writeString(out, service.getValue().domain());
            writeEnum(out, service.getValue().phase());
            out.writeInt(service.getValue().clientCount());
        }
        out.writeInt(info.links().size());
        for (Map.Entry<String, LinkInfo> link : info.links().entrySet()) {
            writeString(out, link.getKey());
            out.writeBoolean(link.getValue().up());
            writeString(out, link.getValue().reason());
            writeString(out, link.getValue().version());
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        version = in.readLong();
        String node = readString(in);
        String url = readString(in);
        String managementUrl = readString(in);
        boolean acceptingClients = in.readBoolean();
        Map<String, ServiceInfo> services = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            String id = readString(in);
            services.put(id, new ServiceInfo(readString(in), readEnum(in, Phase.values()), in.readInt()));
        }
        Map<String, LinkInfo> links = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            String link = readString(in);
            links.put(link, new LinkInfo(in.readBoolean(), readString(in), readString(in)));
        }
        info = new NodeInfo(node, url, managementUrl, acceptingClients, services, links);
    }
}
