package io.interactionprocessor.torture.ground;

/** How many times nodes have ended by themselves. */
final class Deaths {
    private int before;
    private int told;

    /** A node was to be ended and had ended already: nobody could see it once it is started again. */
    void cameTooLate() {
        before++;
    }

    /** Returns how many there are that were not told yet; {@code now}: so many nodes do not run, and all should. */
    int untold(int now) {
        int all = before + now;
        int fresh = all - told;
        told = all;
        return fresh;
    }
}
