package fovea.embedded;

import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A registry that is not ours keeps the same contract, so that either may stand behind Fovea. */
@ExtendWith(SharedApicurio.class)
class ApicurioRegistryTest extends SchemaRegistryContract {
  private static URI url;

  @BeforeAll
  static void take(ApicurioRegistry apicurio) {
    url = apicurio.url();
  }

  @Override
  URI start() {
    return url;
  }
}
