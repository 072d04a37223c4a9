//! Traditional characters in headers, read as the simplified ones that the lists of words hold.
//!
//! Only the characters of headers are here: offices, kinds of speech, labels, surnames. Both forms take the same number
//! of bytes, so that a place in the one is the same place in the other. What is set as metadata is written as in the text.

use std::borrow::Cow;
use std::sync::LazyLock;

const TRADITIONAL: &str = "國會這為們來時個發對學長關業東經應問還開體與萬機進從動兩現實間無樣沒過說種當點變產軍見親書車馬門風語讓認議設論證選遠運連達邁環級結統維組織團員導號聽啟營獲榮華總記報訊網電臺賓貴鄉諸閣陽劉陳楊趙黃吳孫羅鄭謝韓馮蕭許呂蘇盧蔣賈魏葉閻鐘薑譚鄒陸龍萬錢湯尹賴龔歐顧畢齊龐莊倪魯喬譯賀詞辭歡儀開閉視頻專訪談處務採讀講題創聯線財貿農漁衛環總統監區縣廣場館慶紀動勞賽樂獎節攝影圖責編輯稱爾蘭蒙權強壇灣島橋偉澤寧戰歷屆濟條約傳禮暫藝術慣適養滿誼誠頒獻築績際優劃將據備";
const SIMPLIFIED: &str = "国会这为们来时个发对学长关业东经应问还开体与万机进从动两现实间无样没过说种当点变产军见亲书车马门风语让认议设论证选远运连达迈环级结统维组织团员导号听启营获荣华总记报讯网电台宾贵乡诸阁阳刘陈杨赵黄吴孙罗郑谢韩冯萧许吕苏卢蒋贾魏叶阎钟姜谭邹陆龙万钱汤尹赖龚欧顾毕齐庞庄倪鲁乔译贺词辞欢仪开闭视频专访谈处务采读讲题创联线财贸农渔卫环总统监区县广场馆庆纪动劳赛乐奖节摄影图责编辑称尔兰蒙权强坛湾岛桥伟泽宁战历届济条约传礼暂艺术惯适养满谊诚颁献筑绩际优划将据备";

/// A text with the traditional characters of headers as simplified ones; every character keeps its place.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| one(character) != character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(one).collect())
}

/// The first of the characters that the table of simplified ones covers.
const FIRST: u32 = 0x4E00;

/// For each character from [`FIRST`] on the simplified one.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=0x9FFF).filter_map(char::from_u32).collect();
    for (traditional, simplified) in TRADITIONAL.chars().zip(SIMPLIFIED.chars()) {
        if let Some(entry) = table.get_mut((traditional as u32 - FIRST) as usize) {
            *entry = simplified;
        }
    }
    table
});

fn one(character: char) -> char {
    let place = (character as u32).checked_sub(FIRST);
    place
        .and_then(|place| TABLE.get(place as usize))
        .copied()
        .unwrap_or(character)
}

/// A value that was read in the simplified text, as the original has it: each of its parts where it first stands.
pub(super) fn as_written(value: &str, simplified: &str, original: &str) -> String {
    let parts: Vec<String> = value
        .split(' ')
        .map(|part| part_as_written(part, simplified, original))
        .collect();
    parts.join(" ")
}

fn part_as_written(part: &str, simplified: &str, original: &str) -> String {
    let found = simplified
        .find(part)
        .and_then(|start| original.get(start..start + part.len()));
    found.map_or_else(|| part.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_places() {
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        assert_eq!(TRADITIONAL.len(), SIMPLIFIED.len());
        let text = "鷺嶼共和國總統 歐陽靜瀾";
        let folded = simplified(text);
        assert_eq!(folded.len(), text.len());
        assert_eq!(as_written("欧阳靜瀾", &folded, text), "歐陽靜瀾");
    }
}
