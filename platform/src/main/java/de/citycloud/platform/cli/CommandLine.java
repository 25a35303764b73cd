package de.citycloud.platform.cli;

import de.citycloud.platform.audit.AuditActor;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import de.citycloud.platform.hub.connector.HubPreview;
import de.citycloud.platform.problem.CityProblem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entry of the short commands: finds the command by its first words and turns failures into exit codes. */
public final class CommandLine {
  private static final Map<String, Entry> COMMANDS = Map.of(
      "key create", new Entry(new KeyCommands(), Set.of("scope", "label", "data", "config"), Set.of()),
      "municipality add", new Entry(new MunicipalityCommands(), Set.of("data", "config"), Set.of()),
      "set-up-link", new Entry(new SetUpLinkCommand(), Set.of("data", "config", "address"), Set.of()),
      "backup", new Entry(BackupCommands::backup, Set.of("data", "config"), Set.of()),
      "restore", new Entry(BackupCommands::restore, Set.of("data", "config", "keys"), Set.of("force")),
      "procedures", new Entry(ProcedureCommands::run, Set.of("municipality", "out", "key", "signature"), Set.of()),
      "audit verify", new Entry(AuditCommands::verify, Set.of("data", "config", "public-key"), Set.of()));

  private CommandLine() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] words) {
    // Logs go to the error output: the result alone stands on the standard output.
    System.setProperty("logback.configurationFile", "de/citycloud/platform/cli/logback.xml");
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    actAs(City.COMMAND_LINE);
    System.exit(run(List.of(words), out, err));
  }

  /** The log then says who did what these commands do. */
  private static void actAs(AuditActor actor) {
    record Operator(AuditActor actor) implements AuditActor.Known {}
    SecurityContextHolder.getContext()
        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(new Operator(actor), null, List.of()));
  }

  /** Runs one command; 0 well, 1 failed, 2 not understood or input refused. */
  static int run(List<String> words, PrintStream out, PrintStream err) {
    var name = String.join(" ", words.subList(0, Math.min(2, words.size())));
    var entry = COMMANDS.get(name);
    int used = Math.min(2, words.size());
    if (entry == null && !words.isEmpty()) {
      entry = COMMANDS.get(words.getFirst());
      used = 1;
    }
    if (name.equals("hub preview")) {
      // It reads its own options, which differ by kind.
      return HubPreview.run(words.subList(2, words.size()).toArray(String[]::new), out, err);
    }
    if (entry == null) {
      err.println("\"" + name + "\" is not a command of ./city.");
      err.println("Maybe \"./city help\" shows what you mean.");
      return 2;
    }
    try {
      var arguments = Arguments.parse(words.subList(used, words.size()), entry.valued, entry.switches);
      return entry.command.run(arguments, out, err);
    } catch (UsageException e) {
      err.println(e.getMessage());
      return 2;
    } catch (CityProblem | IllegalStateException e) {
      err.println(e.getMessage());
      return 1;
    } catch (Exception e) {
      err.println("The command failed: " + e);
      return 1;
    }
  }

  private record Entry(Command command, Set<String> valued, Set<String> switches) {}
}
