package io.interactionprocessor.torture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TimelineTest {
    @Test
    void isAWellFormedPictureOfEverything() throws Exception {
        String svg = new Timeline(
                        "R2: <kill> & go",
                        3,
                        List.of(10.0, 50.0, 30.0),
                        List.of(100.0, 200.0, 150.0),
                        List.of(0.0, 5.0, 1.0),
                        List.of(new Timeline.Outage(2, 1.5)),
                        3,
                        List.of(new Timeline.Fault("kill -9", 1, 0.5, 2), new Timeline.Fault("link down", -1, 1, 2)),
                        List.of(new Timeline.Wrong(1.5, "1001/c1: gap")))
                .svg();

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg)
                .contains("R2: &lt;kill&gt; &amp; go")
                .contains("kill -9")
                .contains("1001/c1: gap")
                .contains("node 3");
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void saysSoWhenNothingWasWrong() {
        String svg = new Timeline("R1", 1, List.of(), List.of(), List.of(), List.of(), 1, List.of(), List.of()).svg();

        assertThat(svg).contains("nothing").doesNotContain("NaN");
    }
}
