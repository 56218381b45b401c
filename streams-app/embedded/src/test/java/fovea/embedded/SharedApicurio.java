package fovea.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Apicurio for all test classes that ask for it; it ends with the last of them. */
final class SharedApicurio implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ApicurioRegistry.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(ApicurioRegistry.class, any -> start(), ApicurioRegistry.class);
  }

  private static ApicurioRegistry start() {
    try {
      return ApicurioRegistry.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
