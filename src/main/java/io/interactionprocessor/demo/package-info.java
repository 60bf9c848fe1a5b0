/** The demonstration: a few nodes on this machine, and the main job shown on them, step by step. */
package io.interactionprocessor.demo;
