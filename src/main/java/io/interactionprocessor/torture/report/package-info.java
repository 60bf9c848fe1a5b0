/** The table, the JSON, the picture. Plain text from plain values. */
package io.interactionprocessor.torture.report;
