package fovea.embedded;

import org.apache.avro.Schema;

/** A schema as one version of one subject. */
record SchemaVersion(String subject, int version, int id, Schema schema) {}
