# Asks servers until they answer as wanted, all at once: perl probe.pl KIND,HOST,PORT,WANTED...
# KIND: http, udp (who answers), clientip (whom the server sees), resolve (PORT is anything), refused, silent (WANTED is
# -refused or -silent then).
# WANTED: names joined by +, "same" (always one of them) or "varied". Prints a line for each that never came to be.
use strict;
use warnings;
use IO::Socket::INET;
use Socket;

my $patience = $ENV{PATIENCE} // 30;
my $window = 12;
my @children;
for my $probe (@ARGV) {
    my $child = fork // die;
    exit run(split /,/, $probe) if $child == 0;
    push @children, [$child, $probe];
}
my $failed = 0;
for (@children) {
    waitpid $_->[0], 0;
    $failed = 1 if $?;
}
exit $failed;

sub run {
    my ($kind, $host, $port, $wanted) = @_;
    my $until = time + $patience;
    my @last;
    while (time < $until) {
        my $answer = ask($kind, $host, $port);
        push @last, $answer;
        shift @last if @last > $window;
        return 0 if fits($wanted, $kind, @last);
        select undef, undef, undef, 0.02 if $answer =~ /^-/;
    }
    print "$kind $host $port: wanted $wanted, got @last\n";
    return 1;
}

sub fits {
    my ($wanted, $kind, @last) = @_;
    my $enough = $kind eq 'resolve' || $kind eq 'refused' ? 1 : $kind eq 'silent' ? 2 : $window;
    return 0 if @last < $enough;
    my %seen = map { $_ => 1 } @last[-$enough .. -1];
    my $seen = join '+', sort keys %seen;
    return 0 if $seen =~ /(^|\+)-/ && $wanted !~ /^-/;
    return $wanted eq 'same' ? keys %seen == 1 : $wanted eq 'varied' ? keys %seen > 1 : $seen eq $wanted;
}

sub ask {
    my ($kind, $host, $port) = @_;
    my $answer = eval {
        local $SIG{ALRM} = sub { die "-silent\n" };
        alarm 2;
        my $got = $kind eq 'resolve' ? resolve($host) : $kind eq 'udp' ? udp($host, $port) : http($kind, $host, $port);
        alarm 0;
        $got;
    };
    alarm 0;
    chomp(my $error = $@);
    return $answer // $error;
}

sub resolve {
    my $address = gethostbyname($_[0]) or return '-unknown';
    return inet_ntoa($address);
}

sub udp {
    my $socket = IO::Socket::INET->new(PeerAddr => $_[0], PeerPort => $_[1], Proto => 'udp') or return '-refused';
    $socket->send('who') or return '-refused';
    defined $socket->recv(my $answer, 1500) or return '-refused';
    return (split / /, $answer)[0];
}

sub http {
    my ($kind, $host, $port) = @_;
    my @short = $kind eq 'silent' ? (Timeout => 0.5) : ();
    my $socket = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => 'tcp', @short)
        or return $@ =~ /timeout|timed out/ ? '-silent' : '-refused';
    my $path = $kind eq 'clientip' ? '/clientip' : '/hostname';
    print $socket "GET $path HTTP/1.0\r\nHost: $host\r\n\r\n";
    $socket->flush;
    my $answer = join '', <$socket>;
    return $answer =~ /^HTTP\S+ 200.*?\r\n\r\n(.*)/s ? $1 : '-broken';
}
