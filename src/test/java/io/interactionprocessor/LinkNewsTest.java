package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cluster.NodeInfo;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.LinkEvent;
import org.junit.jupiter.api.Test;

class LinkNewsTest {
    private final LinkNews news = new LinkNews();

    private void up(long lease) {
        news.heard(new LinkEvent.LinkUp("sim", new Epoch(lease)), "1");
    }

    private void down(long lease) {
        news.heard(new LinkEvent.LinkDown("sim", new Epoch(lease), "silent"), "1");
    }

    @Test
    void itsHolderTellsHowItIs() {
        up(5);
        assertThat(news.of("sim", new Epoch(5))).contains(new NodeInfo.LinkInfo(true, "", "1"));
        down(5);
        assertThat(news.of("sim", new Epoch(5))).contains(new NodeInfo.LinkInfo(false, "silent", "1"));
        assertThat(news.of("other", new Epoch(5))).isEmpty();
    }

    /** As when it was frozen and finds its switch silent before it learns that it has lost the lease. */
    @Test
    void anEarlierHolderIsNotHeard() {
        up(6);
        down(5);
        assertThat(news.of("sim", new Epoch(6)).orElseThrow().up()).isTrue();
    }

    /** Its predecessor's link may be up still: this one's has not been connected. */
    @Test
    void aNewHolderHasSaidNothingYet() {
        up(5);
        assertThat(news.of("sim", new Epoch(6))).isEmpty();
        up(6);
        assertThat(news.of("sim", new Epoch(6))).isPresent();
    }
}
