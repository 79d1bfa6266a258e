package com.ibstream.clocksync.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The Java of one page as a class: a block that declares a type becomes a member, any other block
 * the body of a method. What the page takes for granted is in {@code DocumentedNames}. Star imports
 * stand for what the page says about packages.
 */
final class Snippets {

  private static final Path NAMES = Path.of("src/test/snippets/DocumentedNames.java");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:public |final |abstract )*(?:class|interface|record|enum) .*", Pattern.DOTALL);

  /** An expression that a sentence mentions and that can stand alone; Python's is none. */
  private static final Pattern CALL =
      Pattern.compile("(?:new \\w+\\(|(?!time\\.)[a-z]\\w*\\.[a-z]\\w*\\()(?!\\.\\.\\.).*\\)");

  static final String HEADER =
      """
      package com.ibstream.clocksync.examples.trading;
      import static org.assertj.core.api.Assertions.assertThat;
      import com.ibstream.clocksync.*;
      import com.ibstream.clocksync.health.*;
      import com.ibstream.clocksync.health.http.*;
      import com.ibstream.clocksync.health.metrics.*;
      import com.ibstream.clocksync.health.plugin.*;
      import com.ibstream.clocksync.market.*;
      import com.ibstream.clocksync.testing.*;
      import com.ibstream.clocksync.time.*;
      import com.ibstream.clocksync.verdict.*;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.*;
      """;

  private final Path output;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  /** Compiles into a directory. */
  Snippets(Path output) {
    this.output = output;
  }

  /** What the compiler has to say of the Java of a page; nothing if all is well. */
  List<String> mistakes(Page page) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (var files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      List<JavaFileObject> sources = new ArrayList<>();
      files.getJavaFileObjects(NAMES).forEach(sources::add);
      sources.add(new Source(source(page)));
      List<String> options =
          List.of(
              "-proc:none", "-d", output.toString(), "-cp", System.getProperty("java.class.path"));
      compiler.getTask(null, files, found, options, null, sources).call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.getDiagnostics().stream()
        .filter(mistake -> mistake.getKind() == Diagnostic.Kind.ERROR)
        .map(mistake -> page.name() + ": " + mistake)
        .toList();
  }

  /** A comment in front of each snippet names its line. */
  private static String source(Page page) {
    StringBuilder source =
        new StringBuilder(HEADER).append("class Example extends DocumentedNames {\n");
    int methods = 0;
    for (Page.Block block : page.blocks("java")) {
      source.append("// line ").append(block.line()).append('\n');
      if (TYPE.matcher(block.text()).matches()) {
        source.append(block.text());
      } else {
        source.append(method(methods++, block.text()));
      }
    }
    for (Page.Text span : calls(page)) {
      source.append("// line ").append(span.line()).append('\n');
      source.append(method(methods++, statement(span.text())));
    }
    return source.append("}\n").toString();
  }

  private static String method(int number, String body) {
    return "void example" + number + "() throws Exception {\n" + body + "}\n";
  }

  private static String statement(String call) {
    return call.startsWith(".")
        ? "ClockMonitorConfig.builder()" + call + ".build();\n"
        : call + ";\n";
  }

  /** What a page mentions that can be compiled: calls, and those of the configuration's builder. */
  static List<Page.Text> calls(Page page) {
    boolean isConfiguration = page.name().endsWith("configuration.md");
    return page.spans().stream()
        .filter(
            span ->
                CALL.matcher(span.text()).matches()
                    || (isConfiguration && span.text().matches("\\.[a-z]\\w+\\(.*\\)")))
        .filter(span -> !span.text().contains("..."))
        .toList();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(
          URI.create("string:///com/ibstream/clocksync/examples/trading/Example.java"),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
