package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions whose node has gone, and what directory, sessions and connections come to differ in. */
class OrphansTest {
    private static final AgentKey AGENT = new AgentKey("demo", "1001");

    private final Desk desk = new Desk();
    private final Desk.Client client = desk.connect("n1");

    @BeforeEach
    void logIn() {
        desk.host("n2");
        client.prepare(false);
        client.bind();
        desk.station.loggedOn = true;
        desk.station.availability = Availability.READY;
        client.ask("s", "session.start", "session");
        client.heard();
    }

    private DirectoryEntry entry() {
        return desk.directory.find(AGENT).orElseThrow();
    }

    private void n1Dies() {
        desk.dead.add("n1");
        desk.host("n2").nodeLeft("n1");
    }

    @Test
    void isAdoptedWhenItsClientDoesNotComeBack_andGoesNotReady_andEnds() {
        n1Dies();
        desk.time.pass(2_000);
        assertThat(entry().node()).as("its client has time to come back").isEqualTo("n1");
        desk.time.pass(1_000);
        assertThat(entry().node()).isEqualTo("n2");
        assertThat(entry().epoch()).isEqualTo(new Epoch(2));
        assertThat(desk.host("n2").size()).isEqualTo(1);
        assertThat(desk.audit.happenings).containsExactly(Ports.Audit.Happening.ADOPTED);

        desk.time.pass(2_100);
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "connectionLost"));
        desk.switchDoes(station -> station.availability = Availability.NOT_READY);

        desk.time.pass(55_000);
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(station -> station.loggedOn = false);
        assertThat(entry().occupied()).isFalse();
        assertThat(desk.store.sessions()).isEmpty();
    }

    @Test
    void whatItsAgentDoesMeanwhileIsThereWhenItsClientComesBackAfterAll() {
        n1Dies();
        desk.time.pass(3_000);
        desk.happens(s -> s.add("L1", ConversationState.CONNECTED).with("P1", "5550101", ConversationState.CONNECTED));

        Desk.Client back = desk.connect("n2");
        back.resume(client);

        assertThat(back.heard().get(0)).contains("epoch=2 resumed=true active");
        assertThat(back.sequence).isGreaterThan(client.sequence);
        assertThat(desk.host("n2").size()).isEqualTo(1);
    }

    @Test
    void isNotAdoptedWhenItsClientHasComeBack() {
        n1Dies();
        Desk.Client back = desk.connect("n2");
        back.resume(client);

        desk.time.pass(5_000);

        assertThat(entry().epoch()).isEqualTo(new Epoch(2));
        assertThat(entry().adopted()).isFalse();
        assertThat(desk.audit.happenings).containsExactly(Ports.Audit.Happening.TAKEN_OVER);
        back.hears("b1 success bindResource epoch=2 resumed=true active");
    }

    @Test
    void oneThatWasNeverStoredIsReleased() {
        desk.directory.change(
                new AgentKey("demo", "1002"),
                before -> DirectoryEntry.claim(before, new SessionId("ghost"), "n1", desk.time.now()));
        n1Dies();
        desk.time.pass(3_000);

        assertThat(desk.directory
                        .find(new AgentKey("demo", "1002"))
                        .orElseThrow()
                        .occupied())
                .isFalse();
    }

    @Test
    void aNodeThatThawsSendsItsClientsToTheOthers() {
        // n2 has lost sight of n1, which lives
        desk.dead.add("n1");
        desk.host("n2").nodeLeft("n1");
        desk.time.pass(3_000);
        desk.dead.remove("n1");

        desk.host("n1").regained();
        desk.settle();

        client.hears("unbound 1012");
        assertThat(desk.host("n1").size()).isZero();
        assertThat(desk.host("n2").size()).isEqualTo(1);
        Desk.Client back = desk.connect("n1");
        back.resume(client);
        assertThat(back.heard().get(0)).contains("epoch=3 resumed=true active");
    }

    @Test
    void whatTheDirectoryHasForgottenItIsToldAgain() {
        DirectoryEntry before = entry();
        desk.directory.force(AGENT, entry -> null);

        desk.time.pass(11_000);

        assertThat(entry()).isEqualTo(before);
        assertThat(desk.audit.comparisons).contains(new Ports.Discrepancies(0, 1, 0));
        desk.time.pass(10_000);
        assertThat(desk.audit.comparisons).last().isEqualTo(Ports.Discrepancies.NONE);
    }

    @Test
    void whatTheDirectoryNamesAndNobodyHasIsSeenTo() {
        desk.directory.change(
                new AgentKey("demo", "1002"),
                before -> DirectoryEntry.claim(before, new SessionId("ghost"), "n1", desk.time.now()));

        desk.time.pass(11_000);

        assertThat(desk.audit.comparisons).contains(new Ports.Discrepancies(1, 0, 0));
        assertThat(desk.directory
                        .find(new AgentKey("demo", "1002"))
                        .orElseThrow()
                        .occupied())
                .isFalse();
    }

    @Test
    void whatHasBeenLetGoOfIsNotWrittenIntoTheDirectoryAgain() {
        DirectoryEntry before = entry();
        desk.host("n1").regained(); // asks the directory whose it is
        desk.directory.force(AGENT, entry -> null);
        desk.host("n1").handOver(before.session(), before.epoch().next());

        desk.time.pass(5_000);

        assertThat(desk.host("n1").size()).isZero();
        assertThat(desk.directory.find(AGENT)).isEmpty();
    }

    @Test
    void whatIsBeingClaimedIsNotTakenForForgotten() {
        Desk.Client other = desk.connect("n1");
        desk.claimTravels = 12_000;
        other.send("""
                {"messageType":"serviceRequest","requestId":"p","serviceId":"sim","request":{"command":"prepareSession",
                "data":{"override":false,"agent":{"id":"1002","password":"demo"}}}}""");

        desk.time.pass(12_500);

        other.hears("p success prepareSession");
        other.bind();
        assertThat(desk.audit.comparisons).containsOnly(Ports.Discrepancies.NONE);
    }

    @Test
    void aConnectionWhoseEndNobodyHasToldIsNoticed() {
        desk.lostConnections.add(client.address);

        desk.time.pass(10_500);

        assertThat(desk.audit.comparisons).contains(new Ports.Discrepancies(0, 0, 1));
        desk.time.pass(5_100);
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "connectionLost"));
    }

    /** Nodes of one instance-domain need not all host the same processors, while one is being added for example. */
    @Test
    void ofAProcessorThatTheirAdopterLacks_arePassedOnToANodeThatHasIt() {
        desk.withoutProcessor = "n3";
        desk.host("n3");
        desk.dead.add("n1");
        // n2 has not noticed, and all of it is n3's
        desk.dead.add("n2");
        desk.host("n3").nodeLeft("n1");
        desk.time.pass(3_000);
        assertThat(entry().node()).isEqualTo("n3");
        desk.dead.remove("n2");
        desk.time.pass(25_000);
        assertThat(entry().node()).isEqualTo("n2");
        assertThat(desk.host("n2").size()).isEqualTo(1);
        assertThat(desk.host("n3").size()).isZero();

        Desk.Client back = desk.connect("n2");
        back.resume(client);
        assertThat(back.heard().get(0)).contains("resumed=true active");
    }
}
