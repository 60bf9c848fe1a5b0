/**
 * The configuration of a node: one typed tree of records, {@link io.interactionprocessor.config.NodeConfig}, and the loader
 * that fills it from a file, the environment and {@code --set}, or says in one line why it cannot.
 */
package io.interactionprocessor.config;
