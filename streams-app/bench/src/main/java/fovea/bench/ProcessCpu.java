package fovea.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this process, over all its threads, JIT and GC among them. */
final class ProcessCpu {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  double millis() {
    return system.getProcessCpuTime() / 1e6;
  }
}
