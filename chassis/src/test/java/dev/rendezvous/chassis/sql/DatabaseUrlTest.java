package dev.rendezvous.chassis.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {
  @Test
  void readsEachPart() {
    assertThat(DatabaseUrl.parse("postgresql://al:p%40ss+word@db.example:5433/users", null))
        .isEqualTo(new DatabaseUrl("db.example", 5433, "users", "al", "p@ss+word"));
    assertThat(DatabaseUrl.parse("postgres://al:p@[::1]/users", null))
        .isEqualTo(new DatabaseUrl("::1", 5432, "users", "al", "p"));
  }

  @Test
  void takesNamesOfHostsAsComposeMakesThem() {
    assertThat(DatabaseUrl.parse("postgresql://u:p@orders_db:5433/db", null))
        .isEqualTo(new DatabaseUrl("orders_db", 5433, "db", "u", "p"));
    assertThat(DatabaseUrl.parse("postgresql://u:p@orders_db/db", null).port()).isEqualTo(5432);
  }

  @Test
  void tellsTheDriverTheNameAndNoMore() {
    assertThat(DatabaseUrl.parse("postgresql://u:p@[::1]:5433/a+b=c;d", null).jdbc())
        .startsWith("jdbc:postgresql://[::1]:5433/a%2Bb%3Dc%3Bd?connectTimeout=");
  }

  @Test
  void takesThePasswordFromItsFile() {
    assertThat(DatabaseUrl.parse("postgresql://al@h/users", "from file").password())
        .isEqualTo("from file");
    assertThat(DatabaseUrl.parse("postgresql://al:old@h/users", "from file").password())
        .isEqualTo("from file");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(DatabaseUrl.parse("postgresql://al:s3cret@h/users", null).toString())
        .isEqualTo("postgresql://al@h:5432/users");
  }

  @Test
  void refusesWhatIsNoDatabase() {
    for (var text :
        List.of(
            "x",
            "mysql://al:p@h/users",
            "postgresql://h/users",
            "postgresql://al@h/users",
            "postgresql://:p@h/users",
            "postgresql://al:p@h",
            "postgresql://al:p@h/",
            "postgresql://al:p@h/a/b",
            "postgresql://al:p@h:0/users",
            "postgresql://al:p@h:70000/users",
            "postgresql://al:p@h:port/users",
            "postgresql://al:p@h/users?ssl=true",
            "postgresql://al:p@h/users?",
            "postgresql://al:p@h/users#part",
            "postgresql://al:p@h/users#",
            "postgresql://al:p@h/users%3FsocketFactory=x",
            "postgresql://al:p@h/users%23x",
            "postgresql://al:p@h/us%65rs",
            "postgresql://al:p@h/users&socketFactory=x",
            "postgresql://al:p@s3cret@h/users",
            "postgresql://al:p@h1,h2/users",
            "postgresql://al:p@[::zz]/users",
            "user:s3cret@host/db",
            "postgresql:///users",
            "postgresql://al:p@h h/users")) {
      assertThatThrownBy(() -> DatabaseUrl.parse(text, null))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
