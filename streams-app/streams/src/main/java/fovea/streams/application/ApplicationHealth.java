package fovea.streams.application;

import java.util.Optional;

/**
 * What a health endpoint asks of one application.
 *
 * @param application its id
 * @param state Kafka Streams' own state, e.g. RUNNING
 * @param started whether it has run at least once: its stores were restored
 * @param live whether it runs or may come to run by itself
 * @param ready whether it processes now
 * @param failure what ended it; the class and message of the first failure
 */
public record ApplicationHealth(
    String application,
    String state,
    boolean started,
    boolean live,
    boolean ready,
    Optional<String> failure) {}
