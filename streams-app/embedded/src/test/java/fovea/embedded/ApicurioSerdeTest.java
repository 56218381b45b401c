package fovea.embedded;

import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedApicurio.class)
class ApicurioSerdeTest extends ConfluentSerdeContract {
  private static URI url;

  @BeforeAll
  static void take(ApicurioRegistry apicurio) {
    url = apicurio.url();
  }

  @Override
  URI url() {
    return url;
  }
}
