using System.Globalization;
using EE569.Experiments.Tables;

namespace EE569.Experiments.Tests.Tables;

[TestClass]
public sealed class DateCellTests
{
    [TestMethod]
    [DataRow("2015-01-31", "2015-01-31")]
    [DataRow("2015/1/3", "2015-01-03")]
    [DataRow("2015-01", "2015-01-01")]
    [DataRow("31.1.2015", "2015-01-31")]
    [DataRow("1/31/2015", "2015-01-31")]
    [DataRow("12/31/99", "1999-12-31")]
    [DataRow("31 Jan 2015", "2015-01-31")]
    [DataRow("31-Jan-15", "2015-01-31")]
    [DataRow("Jan 1 2000", "2000-01-01")]
    [DataRow("January 31, 2015", "2015-01-31")]
    [DataRow("Sat, 31 Jan 2015", "2015-01-31")]
    [DataRow("1939, May", "1939-05-01")]
    [DataRow("May 1939", "1939-05-01")]
    [DataRow("2015-01-31 13:45", "2015-01-31 13:45:00")]
    [DataRow("2015-01-31T13:45:30.5Z", "2015-01-31 13:45:30.5")]
    [DataRow("2015-01-31T23:45:00-01:00", "2015-02-01 00:45:00")]
    [DataRow("1/31/2015 12:05 AM", "2015-01-31 00:05:00")]
    [DataRow("1/31/2015 1:05:09 PM", "2015-01-31 13:05:09")]
    public void Dates_are_read_as_people_write_them(string text, string date)
    {
        Assert.IsTrue(DateCell.TryParse(text, out DateCell cell));
        Assert.AreEqual(DateTime.Parse(date, CultureInfo.InvariantCulture), cell.With(dayFirst: false));
    }

    [TestMethod]
    [DataRow("31/1/2015")]
    [DataRow("31-1-2015")]
    public void A_day_beyond_twelve_may_stand_first(string text)
    {
        Assert.IsTrue(DateCell.TryParse(text, out DateCell cell));
        Assert.AreEqual(new DateTime(2015, 1, 31), cell.With(dayFirst: true));
        Assert.IsNull(cell.With(dayFirst: false));
    }

    [TestMethod]
    [DataRow("20150131")]
    [DataRow("2015")]
    [DataRow("2015-13-01")]
    [DataRow("2015-02-30")]
    [DataRow("2010-11-31")]
    [DataRow("13/13/2015")]
    [DataRow("1.2.3")]
    [DataRow("1/2/3")]
    [DataRow("10-1-15")]
    [DataRow("2012-13")]
    [DataRow("Jan")]
    [DataRow("Mar-14")]
    [DataRow("1-2-2015-7")]
    [DataRow("13:45:30")]
    [DataRow("2015-01-31 25:00")]
    [DataRow("2015-01-31 13:45 AM")]
    [DataRow("2015-01/31")]
    [DataRow("2015-01-31,")]
    [DataRow("room 12/3/2015")]
    [DataRow("555-12-2015x")]
    public void What_is_no_date_is_not_read_as_one(string text) => Assert.IsFalse(DateCell.TryParse(text, out _));
}
