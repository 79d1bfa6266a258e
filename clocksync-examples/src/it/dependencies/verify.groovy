// Fails on every library beyond the named ones, and on a named one that is gone: what an artefact brings along at run
// time is part of what it promises.

// line by line: what is used, then what that brings along
def ofCore = [
  'com.fasterxml.jackson.core:jackson-databind', // JSON
  'com.fasterxml.jackson.core:jackson-annotations',
  'com.fasterxml.jackson.core:jackson-core',
  'com.google.guava:guava', // collections
  'com.google.errorprone:error_prone_annotations',
  'com.google.guava:failureaccess',
  'com.google.guava:listenablefuture',
  'com.google.j2objc:j2objc-annotations',
  'org.jspecify:jspecify',
  'commons-net:commons-net', // NTP packets
  'commons-io:commons-io',
  'net.java.dev.jna:jna-jpms', // the kernel's clocks
  'org.slf4j:slf4j-api', // the log
  'org.webjars.npm:uplot', // the chart of a report
]
def expected = [
  core  : ofCore + ['com.ibstream:clocksync-core'],
  health: ofCore + ['com.ibstream:clocksync-core', 'com.ibstream:clocksync-health'],
]

expected.each { module, names ->
  def found = new File(basedir, "$module/target/resolved.txt").readLines('UTF-8')
    .collect { it.replaceAll('\u001B\\[[0-9;]*m', '').trim() }
    .findAll { it ==~ /[\w.-]+:[\w.-]+:jar:.*/ }
    .collect { it.split(':')[0..1].join(':') }
  println "clocksync-$module at run time: ${found.sort().join(', ')}"
  def beyond = found - names
  def gone = names - found
  assert beyond.isEmpty() : "clocksync-$module brings along what nobody named: $beyond"
  assert gone.isEmpty() : "clocksync-$module does not bring along: $gone"
}

return true
