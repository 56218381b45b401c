package fovea.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MinusTest {
  private static String query(String text) {
    Request.Parameters query = new Request.Parameters();
    Minus.into(query, text);
    return query.toString();
  }

  @Test
  void everyNameBecomesAParameterOfTheMapThatIsTakenAway() {
    assertThat(query("label=PNEUMONIA,basis=PREDICTED,from=2026-11-01,to=2026-11-07,site=north"))
        .isEqualTo(
            "?minus.label=PNEUMONIA&minus.basis=PREDICTED&minus.from=2026-11-01"
                + "&minus.to=2026-11-07&minus.site=north");
  }

  @Test
  void aCommaInsideAValueAndAnEmptyValueAreKept() {
    assertThat(query("label=oedema, mild,site=,site=a=b"))
        .isEqualTo("?minus.label=oedema%2C+mild&minus.site=&minus.site=a%3Db");
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> query("quantity=EVIDENCE"))
        .isInstanceOf(WrongUseException.class)
        .hasMessageContaining("quantity");
    assertThatThrownBy(() -> query("PREDICTED")).isInstanceOf(WrongUseException.class);
  }
}
