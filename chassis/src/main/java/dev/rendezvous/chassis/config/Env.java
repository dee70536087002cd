package dev.rendezvous.chassis.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Typed reads of environment variables that collect every error before the process gives up.
 *
 * <p>A read that fails records one line and returns null, which is safe because {@link #read} never
 * hands out a configuration once an error was recorded. An empty variable counts as not set.
 */
public final class Env {
  private static final Pattern SECRET = Pattern.compile("(PASSWORD|TOKEN|SECRET)$");
  // The scheme may be missing, and a password that should have been encoded may hold any character.
  private static final Pattern USER_INFO =
      Pattern.compile("^((?:[^:@/]*://)?+[^:]*+):.*@", Pattern.DOTALL);
  private static final Pattern PASSWORD_PARAMETER =
      Pattern.compile(
          "((?:^|[?&;\\s])(?:password|passwd|pwd|token|secret)=)[^&;\\s]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("\\S+");

  private final Map<String, String> variables;
  private final List<String> errors = new ArrayList<>();
  private final Map<String, String> shown = new LinkedHashMap<>();

  private Env(Map<String, String> variables) {
    this.variables = variables;
  }

  /** A configuration and the lines, secrets masked, that tell what it was read from. */
  public record Loaded<C>(C config, String summary) {}

  /**
   * Reads a whole configuration.
   *
   * @throws ConfigException with one line for each variable that was refused
   */
  public static <C> Loaded<C> read(Map<String, String> variables, Function<Env, C> reader) {
    var env = new Env(variables);
    C config = null;
    try {
      config = reader.apply(env);
    } catch (RuntimeException e) {
      // A read that failed has returned null; what follows from that is not another error.
      if (env.errors.isEmpty()) {
        throw e;
      }
    }
    if (config == null || !env.errors.isEmpty()) {
      throw new ConfigException(env.errors);
    }
    return new Loaded<>(config, env.summary());
  }

  /** A value with a default; {@code accepted} completes the sentence "accepted is …". */
  public <T> T value(String name, String fallback, String accepted, Function<String, T> parser) {
    var text = variables.getOrDefault(name, "");
    return parse(name, text.isEmpty() ? fallback : text, accepted, parser);
  }

  /** A value that the process cannot start without. */
  @SuppressWarnings("NullAway") // see the class comment
  public <T> T required(String name, String accepted, Function<String, T> parser) {
    var text = variables.getOrDefault(name, "");
    if (text.isEmpty()) {
      errors.add("%s is not set; accepted is %s".formatted(name, accepted));
      return null;
    }
    return parse(name, text, accepted, parser);
  }

  /** A value that may be missing. */
  public <T> @Nullable T optional(String name, String accepted, Function<String, T> parser) {
    var text = variables.getOrDefault(name, "");
    return text.isEmpty() ? null : parse(name, text, accepted, parser);
  }

  /** Any text, such as a host name, with a default. */
  public String text(String name, String fallback) {
    return value(name, fallback, "any text", Function.identity());
  }

  /** A whole number from {@code least} to {@code most}. */
  public int number(String name, int fallback, int least, int most) {
    var accepted = "a whole number from %d to %d".formatted(least, most);
    Integer number =
        value(name, Integer.toString(fallback), accepted, text -> in(text, least, most));
    return number == null ? fallback : number;
  }

  /** A TCP port. */
  public int port(String name, int fallback) {
    return number(name, fallback, 1, 65_535);
  }

  /** A file that can be read now, or null. */
  public @Nullable Path file(String name) {
    return optional(name, "the path of a file that can be read", Env::readable);
  }

  /** The trimmed contents of a file that holds a secret, or null. */
  public @Nullable String secretFile(String name) {
    var file = file(name);
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      errors.add("%s=%s is refused; accepted is the path of a text file".formatted(name, file));
      return null;
    }
  }

  /** One of the names of an enum, in any case. */
  public <E extends Enum<E>> E choice(String name, E fallback, Class<E> type) {
    var names =
        java.util.Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" or "));
    return value(
        name, fallback.name(), names, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }

  /** Refuses values for a reason that their parsers do not see; the line is masked as they are. */
  public void refuse(String line) {
    var masked = line;
    for (var value : shown.entrySet()) {
      var given = variables.getOrDefault(value.getKey(), "");
      if (!given.isEmpty()) {
        var prefix = value.getKey() + "=";
        masked = masked.replace(prefix + given, prefix + value.getValue());
      }
    }
    errors.add(
        WORD.matcher(masked)
            .replaceAll(word -> Matcher.quoteReplacement(Env.masked(word.group()))));
  }

  @SuppressWarnings("NullAway") // see the class comment
  private <T> T parse(String name, String text, String accepted, Function<String, T> parser) {
    var masked = SECRET.matcher(name).find() ? "***" : masked(text);
    shown.put(name, text.isEmpty() ? "" : masked);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      errors.add("%s=%s is refused; accepted is %s".formatted(name, masked, accepted));
      return null;
    }
  }

  private String summary() {
    return shown.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private static int in(String text, int least, int most) {
    var number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static Path readable(String text) {
    var path = Path.of(text);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IllegalArgumentException(text);
    }
    return path;
  }

  /** A password in a URL is the one secret that a value can hold by accident. */
  private static String masked(String text) {
    var withoutUserInfo = USER_INFO.matcher(text).replaceFirst("$1:***@");
    return PASSWORD_PARAMETER.matcher(withoutUserInfo).replaceAll("$1***");
  }
}
