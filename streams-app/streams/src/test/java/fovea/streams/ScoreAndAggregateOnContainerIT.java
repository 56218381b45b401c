package fovea.streams;

/** The same two applications on a broker that is not ours, in a process that is not this one. */
class ScoreAndAggregateOnContainerIT extends ScoreAndAggregateIT {
  @Override
  KafkaFixture kafka() {
    return ContainerKafka.start();
  }

  /** Not a test here: it is long, and asks what the other one has asked of this broker. */
  @Override
  void theSameImagesSentThreeTimesAroundARestartAreCountedOnce() {}
}
