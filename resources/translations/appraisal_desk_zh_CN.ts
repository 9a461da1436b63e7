<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CentreStep</name>
    <message>
        <source>Name, &amp;Chinese</source>
        <translation>中文名称(&amp;C)</translation>
    </message>
    <message>
        <source>As filed; it is printed on every certificate</source>
        <translation>与备案一致，会印在每一张证书上</translation>
    </message>
    <message>
        <source>Name, &amp;English</source>
        <translation>英文名称(&amp;E)</translation>
    </message>
    <message>
        <source>Centre c&amp;ode</source>
        <translation>机构代码(&amp;O)</translation>
    </message>
    <message>
        <source>QR &amp;host</source>
        <translation>二维码域名(&amp;H)</translation>
    </message>
    <message>
        <source>Where a phone that reads a QR goes; may stay empty</source>
        <translation>手机扫码后打开的网址，可以不填</translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation>您的姓名(&amp;Y)</translation>
    </message>
    <message>
        <source>The first operator looks after the others</source>
        <translation>第一位操作员负责管理其他操作员</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Once &amp;more</source>
        <translation>再输一次(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Found the centre</source>
        <translation>建立机构(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>New centre</source>
        <translation>新建机构</translation>
    </message>
    <message>
        <source>At least 10 characters; four words that do not belong together are good</source>
        <translation>至少 10 个字符；四个互不相干的词就很好</translation>
    </message>
    <message>
        <source>Weak: easy to guess</source>
        <translation>弱：容易被猜到</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>On stick</source>
        <translation>已写入U盘</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已入库</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>待您处理</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>未录入</translation>
    </message>
    <message>
        <source>Entered once</source>
        <translation>已录一遍</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>两遍一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>两遍不一致</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Page or action; pinyin initials will do</source>
        <translation>页面或操作，可输拼音首字母</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>找到的命令</translation>
    </message>
    <message>
        <source>Enter runs · Esc leaves</source>
        <translation>回车执行 · Esc 退出</translation>
    </message>
</context>
<context>
    <name>DefectDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>程序出错</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>程序内部出错了</translation>
    </message>
    <message>
        <source>The step was undone, and everything saved before it is kept. You can go on working. The report below names places in the program and nobody&apos;s data; please send it to those who look after this program.</source>
        <translation>刚才这一步已撤销，此前保存的内容都在，可以继续工作。下面的报告只写程序中的位置，不含任何人的信息；请把它发给维护本程序的人。</translation>
    </message>
    <message>
        <source>&amp;Copy the report</source>
        <translation>复制报告(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
</context>
<context>
    <name>DeskStatusBar</name>
    <message>
        <source>Demonstration: nothing here is real</source>
        <translation>演示：这里的一切都不是真实的</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>All sent</source>
        <translation>已全部报送</translation>
    </message>
    <message>
        <source>{n} unsent</source>
        <translation>{n} 条未报送</translation>
    </message>
    <message>
        <source>No lists yet</source>
        <translation>尚无名单</translation>
    </message>
    <message>
        <source>Lists {n} days old</source>
        <translation>名单为 {n} 天前</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>尚未备份</translation>
    </message>
    <message>
        <source>Backup {when}</source>
        <translation>备份于 {when}</translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>Working; this takes a few seconds …</source>
        <translation>正在处理，需要几秒钟……</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Language: 中文 / English</source>
        <translation>语言：中文 / English</translation>
    </message>
    <message>
        <source>Help for this page</source>
        <translation>本页帮助</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Commands (Ctrl+K)</source>
        <translation>命令 (Ctrl+K)</translation>
    </message>
    <message>
        <source>Help for this page (F1)</source>
        <translation>本页帮助 (F1)</translation>
    </message>
</context>
<context>
    <name>MarksEntryTab</name>
    <message>
        <source>Admission number, name or initials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import a marks sheet …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is seated in this batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the candidates their admission numbers first, and move the batch on to the exam. Then their rows stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} marks were refused and are not saved. Type them again, or press Esc on each to give it up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>give up what was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paste a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{saved} of {of} marks entered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody here matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make this mark of {name} ({number}) void for a violation?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, {number}: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go there</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksGrid</name>
    <message>
        <source>Marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a mark and press Enter; Q for absent, W for void</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarksGridModel</name>
    <message>
        <source>Absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished">无效</translation>
    </message>
    <message>
        <source>Admission number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PassphraseEdit</name>
    <message>
        <source>Show or hide the passphrase</source>
        <translation>显示或隐藏口令</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比对(&amp;C)</translation>
    </message>
    <message>
        <source>The certificate itself does not carry the number; it can only confirm it.</source>
        <translation>证书二维码不含证件号码，只能用来核对。</translation>
    </message>
    <message>
        <source>Whose is it?</source>
        <translation>核对持证人</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在开始……</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation>约剩 {n} 分钟</translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation>约剩 {n} 秒</translation>
    </message>
    <message>
        <source>Cancelling; nothing of this will be kept …</source>
        <translation>正在取消，这一步不会保留任何内容……</translation>
    </message>
</context>
<context>
    <name>RadarChart</name>
    <message>
        <source>Radar of qualities</source>
        <translation>素质雷达图</translation>
    </message>
</context>
<context>
    <name>RestoreStep</name>
    <message>
        <source>Backup &amp;file</source>
        <translation>备份文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Of any operator of that centre</source>
        <translation>该机构任一操作员的口令</translation>
    </message>
    <message>
        <source>&amp;Choose …</source>
        <translation>选择(&amp;C)……</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>恢复(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Appraisal Desk</source>
        <translation>鉴定台</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录名(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>登录(&amp;S)</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>正在打开……</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Genuine, lists out of date</source>
        <translation>真实，列表已过期</translation>
    </message>
    <message>
        <source>Genuine, revocation not checked</source>
        <translation>真实，未查是否撤销</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被取代</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Signer unknown</source>
        <translation>签发者不明</translation>
    </message>
    <message>
        <source>Signed without right</source>
        <translation>无权签发</translation>
    </message>
    <message>
        <source>Signed with a stolen key</source>
        <translation>密钥失窃后签发</translation>
    </message>
    <message>
        <source>Altered or forged</source>
        <translation>涂改或伪造</translation>
    </message>
    <message>
        <source>Not a certificate of ours</source>
        <translation>不是本体系证书</translation>
    </message>
    <message>
        <source>Nothing read</source>
        <translation>没有读到</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>正在比对…</translation>
    </message>
    <message>
        <source>Belongs to this person</source>
        <translation>与本人相符</translation>
    </message>
    <message>
        <source>Not this person&apos;s</source>
        <translation>与本人不符</translation>
    </message>
    <message>
        <source>The certificate does not say</source>
        <translation>证书未载明</translation>
    </message>
    <message>
        <source>Certificate number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Latin name</source>
        <translation>拉丁字母姓名</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>评价项目</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Signed on</source>
        <translation>签署日期</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>For life</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>Replaces</source>
        <translation>取代证书</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>签发机构</translation>
    </message>
    <message>
        <source>Nobody known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation>信任列表</translation>
    </message>
    <message>
        <source>Status list</source>
        <translation>状态列表</translation>
    </message>
    <message>
        <source>None read</source>
        <translation>没有读到</translation>
    </message>
    <message>
        <source>Made today</source>
        <translation>今天发布</translation>
    </message>
    <message>
        <source>{n} days old</source>
        <translation>{n} 天前发布</translation>
    </message>
</context>
<context>
    <name>VerifyPage</name>
    <message>
        <source>Scan the code into this line, or paste its text; Enter checks it</source>
        <translation>用扫码枪扫入二维码，或粘贴其内容，回车查验</translation>
    </message>
    <message>
        <source>&amp;Open image or PDF …</source>
        <translation>打开图片或 PDF(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next certificate</source>
        <translation>查下一张(&amp;N)</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Open image or PDF</source>
        <translation>打开图片或 PDF</translation>
    </message>
    <message>
        <source>Check what is on the clipboard</source>
        <translation>查验剪贴板内容</translation>
    </message>
    <message>
        <source>Next certificate</source>
        <translation>查下一张</translation>
    </message>
    <message>
        <source>Ready for a certificate</source>
        <translation>请出示证书</translation>
    </message>
    <message>
        <source>Scan its code with the scanner, drop a picture or a PDF here, or paste one. Everything is checked on this computer; nothing is sent.</source>
        <translation>用扫码枪扫描二维码，或将图片、PDF 拖到这里，也可以粘贴。全部在本机查验，不会发送任何内容。</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>查验</translation>
    </message>
    <message>
        <source>Certificates (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)</source>
        <translation>证书 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)</translation>
    </message>
    <message>
        <source>There is neither text nor a picture on the clipboard. Copy one first.</source>
        <translation>剪贴板里没有文字，也没有图片。请先复制。</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished">姓名</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>What somebody wrote into it</source>
        <translation>有人写入的内容</translation>
    </message>
    <message>
        <source>Compare with what is printed</source>
        <translation>请与印刷内容逐项核对</translation>
    </message>
    <message>
        <source>Nobody known stands behind these lines.</source>
        <translation>以下内容没有已知机构担保。</translation>
    </message>
</context>
<context>
    <name>VoidStrip</name>
    <message>
        <source>Make it &amp;void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomeStep</name>
    <message>
        <source>&amp;New centre</source>
        <translation>新建机构(&amp;N)</translation>
    </message>
    <message>
        <source>Set up this computer for your centre</source>
        <translation>在这台电脑上建立您的机构</translation>
    </message>
    <message>
        <source>&amp;Try with a demonstration centre</source>
        <translation>用演示机构试一试(&amp;T)</translation>
    </message>
    <message>
        <source>Made-up people and one open batch; nothing is real</source>
        <translation>虚构的考生和一个开放的批次，都不是真实的</translation>
    </message>
    <message>
        <source>&amp;Restore a backup</source>
        <translation>恢复备份(&amp;R)</translation>
    </message>
    <message>
        <source>Bring back a centre from its backup file</source>
        <translation>从备份文件恢复一个机构</translation>
    </message>
    <message>
        <source>Welcome to Appraisal Desk</source>
        <translation>欢迎使用鉴定台</translation>
    </message>
    <message>
        <source>Everything stays on this computer until you send it yourself.</source>
        <translation>所有内容都留在这台电脑上，除非您自己报送。</translation>
    </message>
</context>
<context>
    <name>_MarkDelegate</name>
    <message>
        <source>Mark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
