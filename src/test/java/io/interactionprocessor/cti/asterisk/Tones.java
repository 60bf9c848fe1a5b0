package io.interactionprocessor.cti.asterisk;

import java.util.Set;
import java.util.TreeSet;

/** Which tones are in a piece of sound (Goertzel's algorithm). */
final class Tones {
    /** Every tone that anybody in the tests plays, in hertz. */
    static final Set<Integer> KNOWN =
            Set.of(Pbx.RINGBACK, Pbx.HOLD_MUSIC, Pbx.QUEUE_MUSIC, 480, 620, 1001, 1101, 1301, 1501, 1201);

    private static final double PART = 0.04;
    private static final double SILENCE = 20;

    private Tones() {}

    /** Returns the known tones in 16-bit samples; empty if it is silent. */
    static Set<Integer> in(short[] samples, int rate) {
        double power = 0;
        for (short sample : samples) {
            power += (double) sample * sample;
        }
        power /= Math.max(1, samples.length);
        Set<Integer> found = new TreeSet<>();
        if (Math.sqrt(power) < SILENCE) {
            return found;
        }
        for (int frequency : KNOWN) {
            double factor = 2 * Math.cos(2 * Math.PI * frequency / rate);
            double a = 0;
            double b = 0;
            for (short sample : samples) {
                double next = sample + factor * a - b;
                b = a;
                a = next;
            }
            double part = 2 * (a * a + b * b - factor * a * b) / ((double) samples.length * samples.length) / power;
            if (part > PART) {
                found.add(frequency);
            }
        }
        return found;
    }
}
