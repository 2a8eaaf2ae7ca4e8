# A guestbook in three parts: perl guestbook.pl primary|replica|frontend. Each serves HTTP on port 8080.
# primary:  /set?note=NOTE keeps a note and tells the replicas, /join?note=HOST takes a replica and answers with all notes.
# replica:  joins the primary, then /set?note=NOTE keeps a note, /get answers with all.
# frontend: /set?note=NOTE goes to the primary, /get to a replica.
use strict;
use warnings;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };
$| = 1;
my ($role) = @ARGV;
my (@notes, @replicas);
my $listen = IO::Socket::INET->new(LocalPort => 8080, Listen => 64, ReuseAddr => 1) or die "port: $!";
if ($role eq 'replica') {
    my $own = IO::Socket::INET->new(PeerAddr => 'guestbook-primary', PeerPort => 80) or die "no primary yet: $!";
    @notes = split /\n/, ask('guestbook-primary', 80, '/join?note=' . $own->sockhost);
}
print "serving as $role\n";
while (my $client = $listen->accept) {
    eval { local $SIG{ALRM} = sub { die "slow\n" }; alarm 5; serve($client); alarm 0; };
    my $failure = $@;
    alarm 0;
    answer($client, '500 Failed', $failure) if $failure;
    close $client;
}

sub serve {
    my ($client) = @_;
    my $request = '';
    while ($request !~ /\r?\n\r?\n/) {
        sysread($client, $request, 4096, length $request) or return;
    }
    my ($path, $value) = $request =~ m{^\S+ (/[^ ?]*)(?:\?note=([^ &]*))?} or return;
    if ($role eq 'frontend' && $path ne '/') {
        answer($client, '200 OK', $path eq '/set' ? ask('guestbook-primary', 80, "/set?note=$value") : ask('guestbook-replica', 80, '/get'));
        return;
    }
    if ($path eq '/set') {
        push @notes, $value;
        ask($_, 8080, "/set?note=$value") for @replicas;
    }
    push @replicas, $value if $path eq '/join';
    answer($client, '200 OK', join("\n", @notes));
}

sub answer {
    my ($client, $status, $body) = @_;
    syswrite $client, "HTTP/1.1 $status\r\nContent-Type: text/plain\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body";
}

sub ask {
    my ($host, $port, $path) = @_;
    my $server = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port) or die "$host: $!";
    syswrite $server, "GET $path HTTP/1.1\r\nHost: $host\r\nConnection: close\r\n\r\n";
    my $answer = do { local $/; <$server> } // '';
    $answer =~ m{^HTTP/1.1 200 .*?\r\n\r\n(.*)$}s or die "$host: $answer";
    return $1;
}
