package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.model.Role;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.session.SessionState.LogoutRequest;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;
import io.interactionprocessor.testkit.RecordedFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionStateCodecTest {
    private static final int STATES = 2_000;
    private static final int RECORDED_STATES = 200;

    @Test
    void anyStateComesBackAsItWas() throws IOException {
        for (int seed = 0; seed < STATES; seed++) {
            SessionState state = new Generated(seed).state();
            byte[] bytes = write(state);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));

            assertThat(SessionStateCodec.read(in)).as("seed %d", seed).isEqualTo(state);
            assertThat(in.available()).as("left over, seed %d", seed).isZero();
        }
    }

    @Test
    void statesAreWrittenAsRecorded() throws IOException {
        List<byte[]> written = new ArrayList<>();
        for (int seed = 0; seed < RECORDED_STATES; seed++) {
            SessionState state = new Generated(seed).state();
            // the order of a set's elements is another one in each JVM
            if (state.busy().size() <= 1) {
                written.add(write(state));
            }
        }
        RecordedFormat.check("session-state", written);
    }

    @Test
    void aNewerVersionIsRefused() throws IOException {
        byte[] bytes = write(new Generated(1).state());
        bytes[0]++;

        assertThatThrownBy(() -> SessionStateCodec.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer release");
    }

    @Test
    void aShortenedStateIsRefused() throws IOException {
        byte[] bytes = write(new Generated(2).state());

        for (int length = 0; length < bytes.length; length++) {
            byte[] start = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SessionStateCodec.read(new DataInputStream(new ByteArrayInputStream(start))))
                    .isInstanceOf(IOException.class);
        }
    }

    private static byte[] write(SessionState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SessionStateCodec.write(new DataOutputStream(bytes), state);
        return bytes.toByteArray();
    }

    /** States with everything that may be there or not, of every kind. */
    private static final class Generated {
        private final Random random;

        Generated(long seed) {
            random = new Random(seed);
        }

        SessionState state() {
            return new SessionState(
                    new SessionId(text()),
                    text(),
                    new AgentKey(text(), text()),
                    text(),
                    text(),
                    random.nextLong(),
                    one(SessionState.Phase.values()),
                    random.nextBoolean(),
                    orNull(this::text),
                    text(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextInt(),
                    random.nextInt(),
                    orNull(this::channel),
                    list(this::interaction),
                    orNull(() -> new LogoutRequest(text(), orNull(this::text))),
                    random.nextLong(),
                    Set.copyOf(new HashSet<>(list(this::text))));
        }

        private ObjectFields.Channel channel() {
            return new ObjectFields.Channel(
                    text(),
                    text(),
                    one(ChannelType.values()),
                    one(ChannelState.values()),
                    text(),
                    one(Availability.values()),
                    orNull(this::text),
                    random.nextLong(),
                    orNull(() -> one(Availability.values())),
                    orNull(this::text));
        }

        private OpenInteraction interaction() {
            return new OpenInteraction(
                    new ObjectFields.Interaction(
                            text(),
                            one(ChannelType.values()),
                            one(InteractionState.values()),
                            one(Direction.values()),
                            orNull(this::text),
                            text(),
                            text(),
                            data(2),
                            orNull(this::text),
                            random.nextLong()),
                    list(this::conversation));
        }

        private OpenConversation conversation() {
            return new OpenConversation(
                    new ObjectFields.Conversation(
                            text(),
                            one(Role.values()),
                            one(ConversationState.values()),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            list(() -> new Member(
                                    text(), text(), text(), one(MemberRole.values()), one(ConversationState.values()))),
                            random.nextLong(),
                            one(Cause.values())),
                    text());
        }

        private Map<String, Object> data(int depth) {
            Map<String, Object> data = new HashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                data.put(text(), value(depth));
            }
            return data;
        }

        private Object value(int depth) {
            return switch (random.nextInt(depth > 0 ? 8 : 6)) {
                case 0 -> null;
                case 1 -> text();
                case 2 -> random.nextBoolean();
                case 3 -> random.nextInt();
                case 4 -> random.nextLong();
                case 5 -> random.nextBoolean() ? (Object) random.nextDouble() : new BigDecimal("1.10");
                case 6 -> data(depth - 1);
                default -> Arrays.asList(value(depth - 1), value(depth - 1));
            };
        }

        private String text() {
            return switch (random.nextInt(5)) {
                case 0 -> "";
                case 1 -> "Zoë 電話 \uD83D\uDCDE";
                case 2 -> "x".repeat(random.nextInt(300));
                default -> Long.toString(random.nextLong(), 36);
            };
        }

        private <T> T orNull(Supplier<T> value) {
            return random.nextBoolean() ? value.get() : null;
        }

        private <T> List<T> list(Supplier<T> element) {
            return IntStream.range(0, random.nextInt(4))
                    .mapToObj(i -> element.get())
                    .toList();
        }

        private <T> T one(T[] constants) {
            return constants[random.nextInt(constants.length)];
        }
    }
}
