package fovea.inference;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.util.Optional;

/**
 * What the NVIDIA driver and TensorRT say of themselves, asked through their C interface; on a
 * machine without them everything is unknown, and nothing fails. Thread-safe; every call asks anew.
 */
public final class Nvidia {
  private static final String UNKNOWN = "unknown";
  private static final int NAME_BYTES = 256;
  private static final int COMPUTE_MAJOR = 75;
  private static final int COMPUTE_MINOR = 76;

  /** {@code int f()}. */
  public interface NoArgument {
    int get();
  }

  /** {@code int f(unsigned)}. */
  public interface OfNumber {
    int get(int number);
  }

  /** {@code int f(int*, int)}. */
  public interface ToNumber {
    int get(MemorySegment into, int number);
  }

  /** {@code int f(void*, int, int)}. */
  public interface ToMemory {
    int get(MemorySegment into, int what, int number);
  }

  private Nvidia() {}

  /** GPU, compute capability and TensorRT, e.g. {@code NVIDIA H200 sm90 TensorRT 10.13.3}. */
  public static String identity() {
    return gpu().orElse(UNKNOWN) + " " + tensorRtVersion();
  }

  /** E.g. {@code TensorRT 10.13.3}. */
  static String tensorRtVersion() {
    try (Arena arena = Arena.ofConfined()) {
      return "TensorRT "
          + library("libnvinfer.so.10", arena)
              .flatMap(lib -> function(lib, "getInferLibVersion", NoArgument.class))
              .map(version -> tensorRtVersion(version.get()))
              .orElse(UNKNOWN);
    }
  }

  /** One number since TensorRT 10: major · 10,000 + minor · 100 + patch. */
  static String tensorRtVersion(int number) {
    return "%d.%d.%d".formatted(number / 10_000, number / 100 % 100, number % 100);
  }

  /** Name and compute capability of the first GPU, e.g. {@code NVIDIA H200 sm90}; empty: none. */
  public static Optional<String> gpu() {
    try (Arena arena = Arena.ofConfined()) {
      return library("libcuda.so.1", arena).flatMap(driver -> gpu(driver, arena));
    }
  }

  private static Optional<String> gpu(SymbolLookup driver, Arena arena) {
    Optional<OfNumber> init = function(driver, "cuInit", OfNumber.class);
    Optional<ToNumber> get = function(driver, "cuDeviceGet", ToNumber.class);
    Optional<ToMemory> name = function(driver, "cuDeviceGetName", ToMemory.class);
    Optional<ToMemory> ask = function(driver, "cuDeviceGetAttribute", ToMemory.class);
    if (init.isEmpty() || get.isEmpty() || name.isEmpty() || ask.isEmpty()) {
      return Optional.empty();
    }
    MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
    if (init.get().get(0) != 0 || get.get().get(number, 0) != 0) {
      return Optional.empty();
    }
    int device = number.get(ValueLayout.JAVA_INT, 0);
    MemorySegment text = arena.allocate(NAME_BYTES);
    if (name.get().get(text, NAME_BYTES, device) != 0) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder(text.getString(0)).append(" sm");
    for (int attribute : new int[] {COMPUTE_MAJOR, COMPUTE_MINOR}) {
      boolean known = ask.get().get(number, attribute, device) == 0;
      out.append(known ? number.get(ValueLayout.JAVA_INT, 0) : "?");
    }
    return Optional.of(out.toString());
  }

  @SuppressWarnings("restricted") // a library's name cannot be checked further than this
  private static Optional<SymbolLookup> library(String name, Arena arena) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(name, arena));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("restricted") // the shapes are those of NVIDIA's headers
  private static <F> Optional<F> function(SymbolLookup library, String name, Class<F> type) {
    return library
        .find(name)
        .map(
            address ->
                MethodHandleProxies.asInterfaceInstance(
                    type, Linker.nativeLinker().downcallHandle(address, descriptor(type))));
  }

  /** Every function gives a C int. */
  private static FunctionDescriptor descriptor(Class<?> type) {
    if (type == NoArgument.class) {
      return FunctionDescriptor.of(ValueLayout.JAVA_INT);
    }
    if (type == OfNumber.class) {
      return FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    }
    if (type == ToNumber.class) {
      return FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    }
    return FunctionDescriptor.of(
        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  }
}
