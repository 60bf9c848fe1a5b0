package io.interactionprocessor.protocol;

/**
 * How large the parts of a client's message may be. The size of the whole message is the transport's to limit (protocol 1).
 *
 * @param depth how deep objects and lists may be nested; the message itself is the first level
 * @param stringLength characters of one string
 * @param nameLength characters of one property's name
 * @param numberLength characters of one number
 * @param attachedData bytes of the attached data of one request, as UTF-8 encoded JSON
 */
public record ReadLimits(int depth, int stringLength, int nameLength, int numberLength, int attachedData) {
    /** 32 levels, strings of 64 Ki, names of 1 Ki, numbers of 64 characters, 16 KiB of attached data. */
    public static final ReadLimits DEFAULT = new ReadLimits(32, 64 * 1024, 1024, 64, 16 * 1024);

    public ReadLimits {
        if (depth < 8 || stringLength < 1 || nameLength < 1 || numberLength < 1 || attachedData < 0) {
            throw new IllegalArgumentException("limits too small for any request");
        }
    }
}
