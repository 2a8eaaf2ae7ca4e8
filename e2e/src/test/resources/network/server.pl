# A server for network tests: perl server.pl KIND:PORT[=TEXT]...
# KIND: name (HTTP, the host's name; /clientip: the peer's address), text, html, json (method and TEXT), udp (name and
# peer's address).
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };
$| = 1;
open(my $file, '<', '/proc/sys/kernel/hostname') or die;
chomp(my $name = <$file>);
my (%kind, %text);
my $all = IO::Select->new;
for my $word (@ARGV) {
    my ($kind, $port, $text) = $word =~ /^(\w+):(\d+)(?:=(.*))?$/ or die "bad: $word";
    my @listen = $kind eq 'udp' ? (Proto => 'udp') : (Proto => 'tcp', Listen => 64, ReuseAddr => 1);
    my $socket = IO::Socket::INET->new(LocalPort => $port, @listen) or die "port $port: $!";
    $kind{fileno $socket} = $kind;
    $text{fileno $socket} = $text // '';
    $all->add($socket);
}
print "listening\n";
while (1) {
    for my $socket ($all->can_read) {
        my ($kind, $text) = ($kind{fileno $socket}, $text{fileno $socket});
        if ($kind eq 'udp') {
            my $peer = $socket->recv(my $message, 1500) or next;
            my ($port, $address) = sockaddr_in($peer);
            $socket->send("$name " . inet_ntoa($address), 0, $peer);
        } else {
            my $client = $socket->accept or next;
            eval { local $SIG{ALRM} = sub { die "slow\n" }; alarm 2; answer($client, $kind, $text); alarm 0; };
            alarm 0;
            close $client;
        }
    }
}

sub answer {
    my ($client, $kind, $text) = @_;
    my $request = '';
    while ($request !~ /\r?\n\r?\n/) {
        sysread($client, $request, 4096, length $request) or return;
    }
    my ($method, $path) = $request =~ /^(\S+) (\S+)/ or return;
    my ($length) = $request =~ /content-length: *(\d+)/i;
    my ($head) = $request =~ /^(.*?\r?\n\r?\n)/s;
    while ($length && length($request) < length($head) + $length) {
        sysread($client, $request, 4096, length $request) or last;
    }
    my $type = $kind eq 'html' ? 'text/html' : $kind eq 'json' ? 'application/json' : 'text/plain';
    my $body = $kind eq 'json' ? "{\"Method\":\"$method\",\"Body\":\"$text\"}"
        : $kind ne 'name' ? $text
        : $path eq '/clientip' ? $client->peerhost
        : $name;
    my $answer = "HTTP/1.1 200 OK\r\nContent-Type: $type\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n";
    $answer .= "Location: $text\r\n" if $kind eq 'location';
    syswrite $client, $answer . "\r\n" . ($method eq 'HEAD' ? '' : $body);
}
