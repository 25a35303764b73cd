package de.citycloud.platform.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * One route that the running program answers.
 *
 * @param method in capitals; null for all
 * @param pattern of the path, as mapped
 * @param handler who answers
 */
record LiveRoute(@Nullable String method, String pattern, Object handler) {
  /** On the management port: asks all the other mappings and has no routes of its own. Not public, hence its name. */
  private static final String ONLY_ASKS_OTHERS = "org.springframework.boot.webmvc.autoconfigure.actuate.web.CompositeHandlerMapping";

  /** All routes of {@code context}, without those of its parent. */
  static List<LiveRoute> of(ApplicationContext context) {
    return context.getBeansOfType(HandlerMapping.class, true, false).values().stream()
        .filter(mapping -> !mapping.getClass().getName().equals(ONLY_ASKS_OTHERS)).flatMap(LiveRoute::of).toList();
  }

  /** @throws IllegalStateException for a kind of mapping whose routes cannot be read: it could hide one */
  private static Stream<LiveRoute> of(HandlerMapping mapping) {
    return switch (mapping) {
      case RequestMappingInfoHandlerMapping methods -> methods.getHandlerMethods().entrySet().stream()
          .flatMap(entry -> {
            var asked = entry.getKey().getMethodsCondition().getMethods();
            return entry.getKey().getPatternValues().stream().flatMap(pattern -> asked.isEmpty()
                ? Stream.of(new LiveRoute(null, pattern, entry.getValue()))
                : asked.stream().map(method -> new LiveRoute(method.name(), pattern, entry.getValue())));
          });
      case AbstractUrlHandlerMapping paths -> Stream.concat(
          paths.getHandlerMap().entrySet().stream()
              .map(entry -> new LiveRoute("GET", entry.getKey(), entry.getValue())),
          Optional.ofNullable(paths.getRootHandler()).stream()
              .map(handler -> new LiveRoute("GET", "/", handler)));
      case RouterFunctionMapping functions -> Optional.ofNullable(functions.getRouterFunction()).stream()
          .flatMap(LiveRoute::of);
      default -> throw new IllegalStateException(
          """
          The routes of a %s cannot be read here, expected a mapping of methods, paths or functions.
          Maybe map it with @GetMapping, or teach LiveRoute to read it.\
          """.formatted(mapping.getClass().getName()));
    };
  }

  /** True for files of the program or of a library. */
  boolean isFiles() {
    return handler instanceof ResourceHttpRequestHandler;
  }

  private static Stream<LiveRoute> of(RouterFunction<?> functions) {
    var reader = new FunctionReader();
    functions.accept(reader);
    return reader.found.stream();
  }

  @Override
  public String toString() {
    return (method == null ? "*" : method) + " " + pattern + " → " + handler;
  }

  /** Walks through functional endpoints: each way to a handler with its nested paths and its methods. */
  private static final class FunctionReader implements RouterFunctions.Visitor {
    private final List<LiveRoute> found = new ArrayList<>();
    private final List<PredicateReader> nested = new ArrayList<>();

    @Override
    public void startNested(RequestPredicate predicate) {
      nested.add(PredicateReader.of(predicate));
    }

    @Override
    public void endNested(RequestPredicate predicate) {
      nested.removeLast();
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
      var last = PredicateReader.of(predicate);
      var path = new StringBuilder();
      nested.forEach(part -> path.append(part.path));
      path.append(last.path);
      var methods = Stream.concat(nested.stream(), Stream.of(last)).map(part -> part.methods)
          .filter(some -> !some.isEmpty()).findFirst().orElse(List.of());
      var pattern = path.isEmpty() ? "/**" : path.toString();
      if (methods.isEmpty()) {
        found.add(new LiveRoute(null, pattern, handler));
      }
      methods.forEach(method -> found.add(new LiveRoute(method, pattern, handler)));
    }

    @Override
    public void resources(java.util.function.Function<ServerRequest, Optional<Resource>> lookup) {
      found.add(new LiveRoute("GET", "functional resources", lookup));
    }

    @Override
    public void attributes(java.util.Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> function) {
      found.add(new LiveRoute(null, "unknown function", function));
    }
  }

  /**
   * Path and methods of a predicate. What else it asks only narrows the route; alternatives cannot be told apart here,
   * so their route gets a name that no line can declare.
   */
  private static final class PredicateReader implements RequestPredicates.Visitor {
    private String path = "";
    private List<String> methods = List.of();

    static PredicateReader of(RequestPredicate predicate) {
      var reader = new PredicateReader();
      predicate.accept(reader);
      return reader;
    }

    @Override
    public void method(java.util.Set<HttpMethod> allowed) {
      methods = allowed.stream().map(HttpMethod::name).sorted().toList();
    }

    @Override
    public void path(String pattern) {
      path = path + pattern;
    }

    @Override
    public void header(String name, String value) {}

    @Override
    public void param(String name, String value) {}

    @Override
    public void startAnd() {}

    @Override
    public void and() {}

    @Override
    public void endAnd() {}

    @Override
    public void version(String version) {}

    @Override
    public void startOr() {
      path = path + " either of several";
    }

    @Override
    public void or() {}

    @Override
    public void endOr() {}

    @Override
    public void startNegate() {}

    @Override
    public void endNegate() {}

    @Override
    public void unknown(RequestPredicate predicate) {}

    @Override
    @Deprecated
    public void pathExtension(String extension) {}
  }
}
