package io.interactionprocessor.session;

import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;

/**
 * The object that a dotted path names (protocol 7).
 *
 * @param path the path
 * @param kind the kind of object
 * @param interaction the interaction on the path, or null
 * @param conversation the conversation on the path, or null
 */
record Target(String path, ObjectKind kind, OpenInteraction interaction, OpenConversation conversation) {

    /** Finds the object, or returns null if there is none. */
    static Target find(String root, ObjectTree tree, String path) {
        if (path.equals(root)) {
            return new Target(path, ObjectKind.SESSION, null, null);
        }
        if (!tree.planted()) {
            return null;
        }
        if (path.equals(tree.groupPath())) {
            return new Target(path, ObjectKind.CHANNEL_GROUP, null, null);
        }
        if (path.equals(tree.channelPath())) {
            return new Target(path, ObjectKind.CHANNEL, null, null);
        }
        for (OpenInteraction interaction : tree.open()) {
            ObjectFields.Interaction fields = interaction.fields();
            if (path.equals(tree.pathOf(fields))) {
                return new Target(path, ObjectKind.INTERACTION, interaction, null);
            }
            for (OpenConversation conversation : interaction.conversations()) {
                if (path.equals(tree.pathOf(fields, conversation.fields()))) {
                    return new Target(path, ObjectKind.CONVERSATION, interaction, conversation);
                }
            }
        }
        return null;
    }
}
