package fovea.streams;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Kafka in a container of Docker or podman. The image is our own, which {@code
 * deploy/images/kafka/build} makes; the property {@code fovea.kafka.image} names another, such as
 * apache/kafka:4.3.1, which is pulled. Without an engine, or without the image, the test is skipped
 * and says so, unless {@code FOVEA_CONTAINERS} says that both are there.
 */
final class ContainerKafka implements KafkaFixture {
  private static final String OWN_IMAGE = "localhost/fovea-kafka:4.3.1";
  private static final int PORT = 9092;

  private final KafkaContainer container;

  private ContainerKafka(KafkaContainer container) {
    this.container = container;
  }

  static ContainerKafka start() {
    String image = System.getProperty("fovea.kafka.image", OWN_IMAGE);
    require(
        DockerClientFactory.instance().isDockerAvailable(),
        "neither Docker nor podman answers here");
    boolean own = image.equals(OWN_IMAGE);
    require(!own || exists(image), image + " is not built: deploy/images/kafka/build");
    KafkaContainer container =
        new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"))
            .withCreateContainerCmdModifier(
                command ->
                    Objects.requireNonNull(command.getHostConfig())
                        .withPortBindings(onThisMachineAlone()));
    if (own) {
      container.withImagePullPolicy(name -> false);
    }
    container.start();
    return new ContainerKafka(container);
  }

  private static void require(boolean there, String otherwise) {
    if (Boolean.parseBoolean(System.getenv("FOVEA_CONTAINERS"))) {
      assertTrue(there, otherwise);
    }
    assumeTrue(there, otherwise);
  }

  @SuppressWarnings("resource") // the client is Testcontainers' own
  private static boolean exists(String image) {
    DockerClient client = DockerClientFactory.instance().client();
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static PortBinding onThisMachineAlone() {
    return new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(PORT));
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void close() {
    container.close();
  }
}
