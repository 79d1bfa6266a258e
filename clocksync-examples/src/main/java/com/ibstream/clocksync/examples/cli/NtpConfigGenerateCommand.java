package com.ibstream.clocksync.examples.cli;

import com.google.common.base.Splitter;
import com.ibstream.clocksync.TimeServiceConfig;
import com.ibstream.clocksync.examples.report.ConfigReport;
import com.ibstream.clocksync.facts.TimeService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a good configuration for a time service. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Prints a configuration in which \"ntp-config check\" finds no mistake, or writes it to a"
            + " file. The service takes it when it is restarted.",
    footer = {"", "Exit status: 0 done, 64 wrong usage, 70 the file cannot be written."})
final class NtpConfigGenerateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--service",
      required = true,
      paramLabel = "ntpsec|chrony|timesyncd",
      description = "For which service.")
  private TimeService service;

  @Option(
      names = "--servers",
      paramLabel = "HOST,...",
      description = {
        "Servers, separated by commas; names under pool.ntp.org become pools.",
        "Default: public servers that do not smear leap seconds."
      })
  private Optional<String> servers = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it. Default: standard output.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--force", description = "Overwrite the file if there is one.")
  private boolean isForced;

  NtpConfigGenerateCommand() {}

  @Override
  public Integer call() throws IOException {
    String text = text();
    if (file.isPresent()) {
      write(file.get(), text);
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
      if (out.checkError()) {
        throw new IOException("standard output cannot be written");
      }
    }
    String name = file.map(Path::toString).orElse(service.word());
    TimeServiceConfig.check(name, text, service).stream()
        .map(ConfigReport::line)
        .forEach(spec.commandLine().getErr()::println);
    return ExitStatus.HEALTHY;
  }

  private String text() {
    List<String> hosts =
        servers
            .map(names -> Splitter.on(',').trimResults().splitToList(names))
            .orElse(TimeServiceConfig.DEFAULT_SERVERS);
    try {
      return TimeServiceConfig.generate(service, hosts);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--servers: " + e.getMessage(), e);
    }
  }

  private void write(Path path, String text) throws IOException {
    try {
      if (isForced) {
        Files.writeString(path, text);
      } else {
        Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException exists) {
      throw new ParameterException(
          spec.commandLine(), path + " exists already; --force overwrites it", exists);
    }
  }
}
