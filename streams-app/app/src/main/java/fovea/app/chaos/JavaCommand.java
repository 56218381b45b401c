package fovea.app.chaos;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How to start a Java process like this one: the same JVM, class path and AOT cache. */
final class JavaCommand {
  private static final String AOT_CACHE = "-XX:AOTCache=";

  private JavaCommand() {}

  static List<String> broker(Path directory, BrokerAddress address) {
    List<String> command = java("-Xmx384m", "fovea.embedded.BrokerProcess");
    command.addAll(
        List.of(
            directory.toString(),
            String.valueOf(address.port()),
            String.valueOf(address.controllerPort())));
    return command;
  }

  /** {@code main run --set key=value ...}. */
  static List<String> application(String main, Map<String, String> settings) {
    List<String> command = java("-Xmx512m", main);
    command.add("run");
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return command;
  }

  private static List<String> java(String heap, String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:aot*=off",
            "-Xlog:cds*=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(AOT_CACHE))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    return command;
  }
}
