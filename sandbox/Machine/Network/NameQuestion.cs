using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>One question to a name server, as it comes over the wire, and its answer.</summary>
internal sealed class NameQuestion
{
    private const int Head = 12;
    private const ushort Ipv4 = 1;
    private const ushort Answered = 0x8180;
    private const ushort NoSuchName = 0x8183;

    private readonly byte[] _packet;
    private readonly int _end;

    private NameQuestion(byte[] packet, string name, int end) => (_packet, Name, _end) = (packet, name, end);

    public string Name { get; }

    private bool IsForIpv4 => BinaryPrimitives.ReadUInt16BigEndian(_packet.AsSpan(_end - 4)) == Ipv4;

    /// <summary>Null when the packet is no question that can be answered.</summary>
    public static NameQuestion? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Head || (packet[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != 1) return null;

        var name = new StringBuilder();
        var at = Head;
        for (; at < packet.Length && packet[at] != 0; at += packet[at] + 1)
        {
            // The two highest bits would say that the name goes on elsewhere, which a question never does.
            if (packet[at] > 63 || at + packet[at] >= packet.Length) return null;
            if (name.Length > 0) name.Append('.');
            name.Append(Encoding.ASCII.GetString(packet.Slice(at + 1, packet[at])));
        }

        var end = at + 5;
        return end <= packet.Length ? new(packet[..end].ToArray(), name.ToString(), end) : null;
    }

    /// <summary>The name leads there, or nowhere. A name that leads somewhere has no address of another kind.</summary>
    public byte[] Answer(IPAddress? address)
    {
        var isTold = address is not null && IsForIpv4;
        var answer = new byte[_end + (isTold ? 16 : 0)];
        _packet.CopyTo(answer, 0);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(2), address is null ? NoSuchName : Answered);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), (ushort)(isTold ? 1 : 0));
        answer.AsSpan(8, 4).Clear();
        if (!isTold) return answer;

        // The name of the question again, an address of IPv4, not to be remembered, four bytes long.
        byte[] record = [0xc0, Head, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, .. address!.GetAddressBytes()];
        record.CopyTo(answer, _end);
        return answer;
    }
}
