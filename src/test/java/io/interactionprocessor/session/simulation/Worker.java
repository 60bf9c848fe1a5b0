package io.interactionprocessor.session.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.SessionCommand;
import io.interactionprocessor.protocol.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an agent does at a desktop: mostly what the objects allow, sometimes what they do not. */
final class Worker {
    private static final List<String> NUMBERS = List.of(
            "5550101", "5550102", "5550201", "5550301", "5550401", "5550501", "5550601", "5550701", "8001", "99");

    private final World world;
    private final Desktop desktop;
    private int requests;
    private int shift;

    Worker(World world, Desktop desktop) {
        this.world = world;
        this.desktop = desktop;
    }

    /** Begins to work over a connection. */
    void begin() {
        int mine = ++shift;
        goOn(mine);
    }

    private void goOn(int mine) {
        world.time.after(world.faults.between(20, World.THINKS), () -> {
            if (mine == shift && desktop.isWorking() && !desktop.dialogue().ended() && !world.isCalm()) {
                act();
                goOn(mine);
            }
        });
    }

    private void act() {
        int chance = world.faults.random.nextInt(100);
        Dialogue dialogue = desktop.dialogue();
        if (chance < 1) {
            desktop.unbinds();
        } else if (chance < 2) {
            desktop.bindsAgain();
        } else if (chance < 4) {
            send(new SessionCommand.Logout(null, world.faults.oneIn(2)), dialogue.session());
        } else if (chance < 7) {
            send(new SessionCommand.Snapshot(), dialogue.session());
        } else if (chance < 12) {
            again(dialogue);
        } else {
            command(dialogue);
            if (world.faults.oneIn(8)) {
                command(dialogue);
            }
        }
    }

    private void again(Dialogue dialogue) {
        List<String> owed = dialogue.owed();
        List<Dialogue.Sent> answered = dialogue.answeredLately(World.SETTINGS.keepAnswers() / 2);
        if (!owed.isEmpty() && world.faults.oneIn(2)) {
            say(dialogue.newest(pick(owed)).request);
        } else if (!answered.isEmpty()) {
            Dialogue.Sent old = pick(answered);
            if (!(old.request.command() instanceof SessionCommand.Snapshot)) {
                say(old.request);
            }
        }
    }

    private void command(Dialogue dialogue) {
        List<String> paths = new ArrayList<>(dialogue.tree.objects().keySet());
        if (paths.isEmpty()) {
            return;
        }
        // the deeper ones more often: that is where the calls are
        String path = world.faults.oneIn(2) ? paths.get(paths.size() - 1) : pick(paths);
        ObjectNode object = dialogue.tree.objects().get(path);
        List<String> names = new ArrayList<>();
        object.get("actions").forEach(name -> names.add(name.textValue()));
        if (names.isEmpty() || world.faults.oneIn(12)) {
            object.get("blocked").fieldNames().forEachRemaining(names::add);
        }
        if (names.isEmpty()) {
            return;
        }
        Verb verb = Verb.of(pick(names)).orElseThrow();
        if (verb == Verb.CHANNEL_DEACTIVATE || verb == Verb.CHANNEL_GROUP_DEACTIVATEALL) {
            if (!world.faults.oneIn(5)) {
                return;
            }
        }
        send(commandFor(verb, object), path);
    }

    private SessionCommand commandFor(Verb verb, ObjectNode object) {
        return switch (verb) {
            case CHANNEL_GROUP_ACTIVATEALL -> new SessionCommand.ActivateAll();
            case CHANNEL_GROUP_DEACTIVATEALL -> new SessionCommand.DeactivateAll();
            case CHANNEL_GROUP_READY -> new SessionCommand.GroupReady();
            case CHANNEL_GROUP_NOTREADY -> new SessionCommand.GroupNotReady("lunch");
            case CHANNEL_ACTIVATE -> new SessionCommand.Activate();
            case CHANNEL_DEACTIVATE -> new SessionCommand.Deactivate();
            case CHANNEL_READY -> new SessionCommand.Ready();
            case CHANNEL_NOTREADY ->
                world.faults.oneIn(2)
                        ? new SessionCommand.Ready()
                        : new SessionCommand.NotReady(world.faults.oneIn(10) ? "golf" : "lunch");
            case CHANNEL_CANCELPENDING -> new SessionCommand.CancelPending();
            case CHANNEL_DIAL -> new SessionCommand.Dial(number(), Map.of("n", requests));
            case INTERACTION_ACCEPT -> new SessionCommand.Accept();
            case INTERACTION_REJECT -> new SessionCommand.Reject();
            case INTERACTION_COMPLETE -> new SessionCommand.Complete("sold", null);
            case INTERACTION_SETDATA -> new SessionCommand.SetData(Map.of("k" + requests % 3, requests), List.of("k0"));
            case INTERACTION_CONSULT -> new SessionCommand.Consult(number());
            case INTERACTION_ALTERNATE -> new SessionCommand.Alternate();
            case INTERACTION_RECONNECT -> new SessionCommand.Reconnect();
            case INTERACTION_CONSULTTRANSFER -> new SessionCommand.ConsultTransfer();
            case INTERACTION_CONSULTCONFERENCE -> new SessionCommand.ConsultConference();
            case CONVERSATION_ANSWER -> new SessionCommand.Answer();
            case CONVERSATION_RELEASE -> new SessionCommand.Release();
            case CONVERSATION_HOLD -> new SessionCommand.Hold();
            case CONVERSATION_RETRIEVE -> new SessionCommand.Retrieve();
            case CONVERSATION_MUTE -> new SessionCommand.Mute();
            case CONVERSATION_UNMUTE -> new SessionCommand.Unmute();
            case CONVERSATION_TRANSFER -> new SessionCommand.Transfer(number());
            case CONVERSATION_CONFERENCE -> new SessionCommand.Conference(number());
            case CONVERSATION_DROPMEMBER -> new SessionCommand.DropMember(someMember(object));
            case CONVERSATION_SENDDTMF -> new SessionCommand.SendDtmf("12#");
            default -> new SessionCommand.Snapshot();
        };
    }

    private static String someMember(ObjectNode conversation) {
        JsonNode members = conversation.get("members");
        return members.get(members.size() - 1).get("id").textValue();
    }

    private String number() {
        return world.faults.oneIn(2)
                ? Integer.toString(1001 + world.faults.random.nextInt(World.AGENTS))
                : pick(NUMBERS);
    }

    private <T> T pick(List<T> from) {
        return from.get(world.faults.random.nextInt(from.size()));
    }

    // ---- sending

    void send(SessionCommand command, String target) {
        Dialogue dialogue = desktop.dialogue();
        String id = "r" + ++requests;
        List<Dialogue.Sent> answered =
                isBasic(command) || !world.faults.oneIn(10) ? List.of() : dialogue.answeredLately(20);
        if (!answered.isEmpty()) {
            // an id is free again once it is answered
            id = pick(answered).request.requestId();
        }
        Request.Resource request = new Request.Resource(
                id, World.PROCESSOR.id(), dialogue.session(), command.verb().wire(), target, command, "{}");
        if (!dialogue.owed().contains(id)
                && (dialogue.newest(id) == null || !dialogue.newest(id).request.equals(request))) {
            say(request);
        }
    }

    private static boolean isBasic(SessionCommand command) {
        return command instanceof SessionCommand.Start || command instanceof SessionCommand.Snapshot;
    }

    private void say(Request.Resource request) {
        Connection connection = desktop.connection();
        Dialogue dialogue = desktop.dialogue();
        if (connection == null || dialogue.ended()) {
            return;
        }
        Dialogue.Sent sent = dialogue.sent(request);
        connection.toNode(request);
        world.time.after(World.PATIENCE, () -> {
            if (connection == desktop.connection()
                    && !connection.isBroken()
                    && dialogue == desktop.dialogue()
                    && dialogue.newest(request.requestId()) == sent
                    && sent.answer == null
                    && dialogue.owed().contains(request.requestId())
                    && !world.hasTrouble(connection)) {
                Checks.violated(desktop.agent() + ": no answer to " + request);
            }
        });
    }

    /** After a resume: what the old connection owed is asked again, mostly. */
    void repeatLost() {
        for (Dialogue.Sent lost : desktop.dialogue().lostOnes()) {
            if (!world.faults.oneIn(4)) {
                say(lost.request);
            }
        }
    }
}
