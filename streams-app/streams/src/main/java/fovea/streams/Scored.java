package fovea.streams;

import fovea.streams.deadletter.Refusal;
import java.util.List;

/** What came of one record of the images topic: a pure function of it and of the models. */
sealed interface Scored {

  /** Nothing of it could be scored. */
  record Refused(Refusal refusal) implements Scored {}

  /** What each model that accepts it gave. */
  record Answered(ScreenedImage image, List<OfModel> answers) implements Scored {
    public Answered {
      answers = List.copyOf(answers);
    }
  }

  /** One model's answer, or why it has none. */
  record OfModel(ServedModel model, Reading<Answer> answer) {}
}
