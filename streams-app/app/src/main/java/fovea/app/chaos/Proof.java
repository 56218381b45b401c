package fovea.app.chaos;

import fovea.app.chaos.proof.Check;
import fovea.app.chaos.proof.Ledger;
import fovea.app.chaos.proof.States;
import fovea.app.ingest.Connection;
import fovea.core.aggregate.Fingerprint;
import java.time.Instant;
import java.util.List;

/**
 * Whether a programme's commitments agree with each other.
 *
 * @param states what its stores came to
 * @param explained inputs that were explained
 * @param refused dead letters of images in all
 * @param erasures that were asked for
 * @param checks what must hold
 */
record Proof(States states, int explained, int refused, int erasures, List<Check> checks) {

  /** Of a programme that has come to rest. */
  static Proof of(Connection connection, Fingerprint fingerprint, Instant first, int inputs) {
    try (Ledger ledger = new Ledger(connection)) {
      Ledger.Account account = ledger.account(fingerprint, first, inputs);
      States stored = ledger.stored();
      return new Proof(
          stored,
          account.explained(),
          account.refused(),
          account.erasures(),
          List.of(
              Check.of(
                  "explanations and dead letters hold every input exactly once", account.faults()),
              Check.of(
                  "every state is an independent fold of the committed explanations, outcomes and"
                      + " erasures",
                  stored.differences(account.states())),
              Check.of(
                  "readers see the state of every key",
                  ledger.emitted().differences(account.states())),
              Check.of("what was erased is withdrawn, and nothing else", account.withdrawn()),
              Check.of("every stage certifies every erasure exactly once", account.certified())));
    }
  }
}
