package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The folder of one PostgreSQL server: made once, complete or not at all, with one database, its
 * owner of the same name, and a random password that lies beside the data.
 */
final class PostgresCluster {

  private static final String PASSWORD_FILE = "password";

  private final Path folder;
  private final String database;
  private final Path cache;
  private final Launcher launcher;
  private final Path log;

  /**
   * @param cache where PostgreSQL's programs are unpacked
   * @param log where the making of it is told
   */
  PostgresCluster(Path folder, String database, Path cache, Launcher launcher, Path log) {
    this.folder = folder;
    this.database = database;
    this.cache = cache;
    this.launcher = launcher;
    this.log = log;
  }

  Path folder() {
    return folder;
  }

  String database() {
    return database;
  }

  String password() {
    try {
      return Files.readString(folder.resolve(PASSWORD_FILE)).strip();
    } catch (IOException e) {
      throw new StartFailure("the password of " + folder + " cannot be read: " + e, e);
    }
  }

  /** PostgreSQL's server program; it refuses to run as root, so root lends it another name. */
  List<String> postgres() {
    return program("postgres");
  }

  /** Does nothing where the folder is there already. */
  void create() {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
    try {
      Folders.delete(fresh);
      Path password = folder.resolveSibling(folder.getFileName() + "." + PASSWORD_FILE);
      writeSecret(password, randomPassword());
      initialize(fresh, password);
      Files.move(password, fresh.resolve(PASSWORD_FILE), StandardCopyOption.REPLACE_EXISTING);
      createDatabase(fresh);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartFailure(folder + " cannot be made: " + e, e);
    }
  }

  private void initialize(Path fresh, Path password) {
    List<String> initdb = program("initdb");
    initdb.addAll(List.of("-D", fresh.toString(), "-U", "postgres", "-E", "UTF8", "--locale=C"));
    initdb.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + password));
    run(initdb);
  }

  /** Before the server ever listens, by PostgreSQL's single-user mode. */
  private void createDatabase(Path fresh) throws IOException {
    String password = Files.readString(fresh.resolve(PASSWORD_FILE)).strip();
    Path script = fresh.resolve("create.sql");
    writeSecret(
        script,
        """
        CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
        CREATE DATABASE %1$s OWNER %1$s;
        """
            .formatted(database, password));
    List<String> single = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < \"$0\""));
    single.add(script.toString());
    single.addAll(postgres());
    single.addAll(List.of("--single", "-D", fresh.toString(), "postgres"));
    run(single);
    Files.delete(script);
  }

  private List<String> program(String name) {
    List<String> line = new ArrayList<>();
    if (System.getProperty("user.name", "").equals("root")) {
      line.addAll(List.of("unshare", "-U")); // a namespace in which this user is not root
    }
    line.add(PostgresBinaries.unpacked(cache).program(name));
    return line;
  }

  private void run(List<String> line) {
    int exit = launcher.run(new Command(line, Map.of()), log);
    if (exit != 0) {
      throw new StartFailure(
          "no database could be made in %s: %s gave exit %d%s"
              .formatted(folder, String.join(" ", line), exit, Log.tail(log)));
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }
}
